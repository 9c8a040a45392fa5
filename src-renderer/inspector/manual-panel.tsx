import Markdown from 'react-markdown';
import type { ParamSet } from '../../src-shared/kinds/params';
import { describeDefault } from './field-text';
import classes from './manual-panel.module.css';

interface ManualPanelProps {
  readonly text: string;
  readonly params: ParamSet;
}

/** The manual page of a part: what was written about it, then every parameter from its declaration. Needs no network: links are shown as text. */
export function ManualPanel({ text, params }: ManualPanelProps) {
  return (
    <article className={classes.page}>
      <Markdown skipHtml disallowedElements={['a', 'img']} unwrapDisallowed>
        {text}
      </Markdown>
      <h2>Parameters</h2>
      <dl>
        {Object.entries(params).map(([name, param]) => (
          <div key={name} className={classes.entry}>
            <dt>
              {param.title}
              {param.unit !== '' && <span className={classes.unit}>{param.unit}</span>}
            </dt>
            <dd>
              {param.help}
              {param.choices !== undefined && (
                <ul>
                  {param.choices.map((choice) => (
                    <li key={choice.value}>
                      <b>{choice.title}</b>: {choice.help}
                    </li>
                  ))}
                </ul>
              )}
              <span className={classes.default}>
                Default: {describeDefault(param)}. {param.provenance}
              </span>
              <code className={classes.name}>{name}</code>
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
