import { formatBytes, formatNumber } from '../../base/format';
import { describeParam, isDefault } from '../../kinds/describe-value';
import { linkParams } from '../../kinds/link/link';
import { type Param, type ParamSet, paramMatters } from '../../kinds/params';
import { kindOf } from '../../kinds/registry';
import { linkParamsOf, paramsOf } from '../../project/params-of';
import type { Component, Project } from '../../project/project';
import { isRecord } from '../../project/words';
import { type Markup, markup, NOTHING, plain } from './markup';
import type { ReportContext } from './report-input';
import { cell, type Section, table } from './report-parts';

const COLUMNS = [{ title: 'Parameter' }, { title: 'Group' }, { title: 'Value', prose: true }, { title: 'Default', prose: true }];

/** The rows of a list as a small table of the columns that differ between its rows or from their defaults. */
function listValue(param: Param, value: readonly unknown[]): Markup {
  const rows = value.filter(isRecord);
  const fields = Object.entries(param.fields ?? {}).filter(
    ([name, field], index) => index === 0 || rows.some((row) => !isDefault(field, row[name]) && paramMatters(field, row)),
  );
  if (rows.length === 0 || fields.length === 0) return cell(describeParam(param, value));
  return markup`<table><thead><tr>${fields.map(([, field]) => markup`<th scope="col">${plain(field.title)}</th>`)}</tr></thead><tbody>${rows.map((row) => markup`<tr>${fields.map(([name, field]) => markup`<td>${plain(describeParam(field, row[name]))}</td>`)}</tr>`)}</tbody></table>`;
}

function valueCell(param: Param, value: unknown, project: Project): Markup {
  if (param.type === 'list' && Array.isArray(value)) return listValue(param, value);
  if (param.type === 'machine') return cell(project.machines.find(({ id }) => id === value)?.name ?? String(value));
  return cell(describeParam(param, value));
}

/** Parameters of a record that have an effect: those that differ from their defaults, or all of them. */
function rowsOf(
  params: ParamSet,
  values: Readonly<Record<string, unknown>>,
  project: Project,
  all: boolean,
  sourceKind?: string,
): readonly (readonly Markup[])[] {
  return Object.entries(params)
    .filter(([name, param]) => paramMatters(param, values, sourceKind) && (all || !isDefault(param, values[name])))
    .map(([name, param]) => {
      const value = values[name];
      return [
        markup`<span title="${plain(param.help)}">${plain(param.title)}</span>`,
        markup`<span class="quiet">${plain(param.group)}</span>`,
        valueCell(param, value, project),
        isDefault(param, value)
          ? markup`<span class="quiet">the default</span>`
          : param.type === 'list'
            ? cell(describeParam(param, param.default))
            : valueCell(param, param.default, project),
      ];
    });
}

/** Who asks for what, how often: every parameter of the workloads that the design uses. */
export function workloadSection({ project, design }: ReportContext): Section {
  const clients = design.components.filter(({ kind }) => kindOf(kind)?.stored === 'workload');
  const bodies = clients.map((client) => {
    const workload = project.workloads.find(({ id }) => id === client.workload);
    const kind = kindOf(client.kind);
    const rows = kind === undefined ? [] : rowsOf(kind.params, paramsOf(project, client), project, true);
    return markup`<h3>${plain(client.name)}${workload === undefined || workload.name === client.name ? NOTHING : markup` <span class="quiet">workload ${plain(workload.name)}</span>`}</h3>
${table(`Workload of ${client.name}`, COLUMNS, rows)}`;
  });
  return {
    id: 'workload',
    title: 'Workload',
    body: clients.length === 0 ? markup`<p class="quiet">The design has no clients.</p>` : (bodies.join('\n') as Markup),
  };
}

function differences(project: Project, component: Component): Markup {
  const kind = kindOf(component.kind);
  const rows = kind === undefined || kind.stored === 'workload' ? [] : rowsOf(kind.params, paramsOf(project, component), project, false);
  const note = component.note === undefined || component.note === '' ? NOTHING : markup`<p class="description">${plain(component.note)}</p>`;
  if (rows.length === 0 && note === NOTHING) return NOTHING;
  return markup`<h3>${plain(component.name)} <span class="quiet">${plain(kind?.title ?? component.kind)}</span></h3>${note}${rows.length === 0 ? NOTHING : table(`Parameters of ${component.name}`, COLUMNS, rows)}`;
}

/** Machines that parts of the design or faults move to. */
function machineTable({ project, design }: ReportContext): Markup {
  const used = new Set<unknown>();
  for (const component of design.components) {
    const values = paramsOf(project, component);
    for (const [name, param] of Object.entries(kindOf(component.kind)?.params ?? {}))
      if (param.type === 'machine' && paramMatters(param, values)) used.add(values[name]);
  }
  for (const { effect } of design.faults) if (effect.type === 'resize') used.add(effect.machine);
  const machines = project.machines.filter(({ id }) => used.has(id));
  if (machines.length === 0) return NOTHING;
  return markup`<h3>Machines</h3>${table(
    'Machines in use',
    [
      { title: 'Machine' },
      { title: 'vCPU', numeric: true },
      { title: 'Speed', numeric: true, help: 'Of one core, relative to the cores that service times were measured on.' },
      { title: 'Memory', numeric: true },
      { title: 'Price', numeric: true },
      { title: 'Where the numbers come from', prose: true },
    ],
    machines.map((machine) => [
      cell(machine.name),
      cell(machine.vcpus),
      cell(`× ${formatNumber(machine.speed)}`),
      cell(formatBytes(machine.memoryGb * 1e9)),
      cell(`${formatNumber(machine.pricePerHour)} USD/h`),
      cell(machine.provenance),
    ]),
  )}`;
}

/** Parameters of parts and links that differ from their defaults, with the defaults beside them. */
export function parameterSection(context: ReportContext): Section {
  const { project, design, nameOf } = context;
  const kinds = new Map(design.components.map(({ id, kind }) => [id, kind]));
  const parts = design.components.map((component) => differences(project, component));
  const links = design.links.map((link) => {
    const rows = rowsOf(linkParams, linkParamsOf(link), project, false, kinds.get(link.from));
    return rows.length === 0
      ? NOTHING
      : markup`<h3>${plain(nameOf(link.id))} <span class="quiet">Link</span></h3>${table(`Parameters of the link ${nameOf(link.id)}`, COLUMNS, rows)}`;
  });
  const all = [...parts, ...links].filter((body) => body !== NOTHING);
  const counted = design.components.filter(({ kind }) => kindOf(kind)?.stored !== 'workload').length + design.links.length;
  const body = markup`<p>Everything that is not listed has its default. ${plain(`${all.length} of ${counted} parts and links differ from their defaults.`)}</p>
${all}
${machineTable(context)}`;
  return { id: 'parameters', title: 'Parameters that differ from their defaults', body };
}
