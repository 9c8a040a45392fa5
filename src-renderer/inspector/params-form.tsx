import { useId } from 'react';
import type { Problem } from '../../src-shared/base/problem';
import { type Param, type ParamSet, paramMatters } from '../../src-shared/kinds/params';
import { type ParamTarget, resetParameter, setParameter } from '../document/commands/parameters';
import { sealHistory } from '../document/document-store';
import { FieldRow } from './field-row';
import { describeDefault, quantitySpec, rangeText } from './field-text';
import { ParamField } from './fields/param-field';
import classes from './params-form.module.css';

interface ParamsFormProps {
  readonly target: ParamTarget;
  readonly params: ParamSet;
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** For a link: the kind that it leaves. */
  readonly sourceKind?: string;
}

function sameValue(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** The problem that belongs to a parameter, in words. */
function problemOf(problems: readonly Problem[], key: string): string | undefined {
  const own = problems.find((problem) => problem.path !== undefined && new RegExp(`^(?:params\\.)?${key}(?:[.[]|$)`).test(problem.path));
  return own === undefined ? undefined : `${own.message} ${own.remedy}`;
}

interface RowProps extends ParamsFormProps {
  readonly name: string;
  readonly param: Param;
}

function Row({ target, values, problems, name, param }: RowProps) {
  const id = useId();
  const value = values[name];
  const spec = quantitySpec(param);
  const problem = problemOf(problems, name);
  const isDefault = sameValue(value, param.default);
  return (
    <FieldRow
      title={param.title}
      help={param.help}
      defaultText={describeDefault(param)}
      provenance={param.provenance}
      htmlFor={id}
      wide={param.type === 'distribution' || param.type === 'list'}
      {...(spec !== undefined && { allowed: rangeText(spec) })}
      {...(!isDefault && { onReset: () => resetParameter(target, name) })}
    >
      <ParamField
        key={`${target.designId}/${target.id}/${name}`}
        id={id}
        param={param}
        value={value}
        label={param.title}
        {...(problem !== undefined && { problem })}
        onChange={(next) => setParameter(target, name, next)}
        onSeal={sealHistory}
      />
    </FieldRow>
  );
}

/** The fields of a record, made from the declaration of its parameters; what has no effect at present is left out. */
export function ParamsForm(props: ParamsFormProps) {
  const { params, values, sourceKind } = props;
  const shown = Object.entries(params).filter(([, param]) => paramMatters(param, values, sourceKind));
  const groups = [...new Set(shown.map(([, param]) => param.group))];
  return (
    <>
      {groups.map((group) => (
        <section key={group} className={classes.group} aria-label={group}>
          <h3 className="tl-heading">{group}</h3>
          {shown
            .filter(([, param]) => param.group === group)
            .map(([name, param]) => (
              <Row key={name} {...props} name={name} param={param} />
            ))}
        </section>
      ))}
    </>
  );
}
