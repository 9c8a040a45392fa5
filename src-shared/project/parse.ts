import { z } from 'zod';
import { formatBytes } from '../base/format';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { linkParams } from '../kinds/link/link';
import { machineSchema } from '../kinds/machine';
import { KINDS, kindOf } from '../kinds/registry';
import { describeIssue, valueAt } from './describe-issue';
import { FAULT_LIMIT, faultSchema } from './fault';
import type { JsonError } from './find-json-error';
import { findJsonError } from './find-json-error';
import { FORMAT_MIGRATIONS, kindVersionsOf, LINK_KEY, migrate, versionedValues } from './migrations';
import { namedVariantSchema, VARIANT_LIMIT } from './named-variant';
import { OBJECTIVE_LIMIT, objectiveSchema } from './objective';
import { withDefaults, workloadKind } from './params-of';
import type { ParseFailure } from './parse-failure';
import { describePlace } from './place';
import type { Project } from './project';
import { componentSchema, FORMAT_VERSION, LIMITS, linkSchema, noteSchema, projectSchema, workloadSchema } from './project';
import { findBrokenReference } from './references';
import { SEARCH_LIMIT, searchSchema } from './search';
import { SWEEP_LIMIT, sweepSchema } from './sweep';
import { enumerateShort, isRecord, quote, writePath } from './words';

export { describeParseFailure, type ParseFailure } from './parse-failure';
export { serializeProject } from './serialize';

/** Deepest nesting of a file. Ours are 8 deep; the rest is room for values that a later program may add. */
const MAX_DEPTH = 32;

/** The refusal of a file by its size alone; hosts use it before they read the file. */
export function tooLarge(bytes: number): ParseFailure | null {
  if (bytes <= LIMITS.fileBytes) return null;
  return {
    kind: 'too-large',
    bytes,
    place: 'the whole file',
    problem: `The file has ${formatBytes(bytes)}; a project has at most ${formatBytes(LIMITS.fileBytes)}.`,
    remedy: 'Check that this is the file you meant. Long traces can be cut, and designs be moved to a project of their own.',
  };
}

/**
 * Reads a project from the text of a file. Structure, ids and references must be right, or the text is refused with place,
 * problem and remedy. Values of parameters are not refused: missing ones take their defaults, wrong and unknown ones are
 * kept and become problems of their part, so that the file opens and nothing is lost. Older versions are brought up to
 * date. Positions of parts that no longer exist are kept as they stand: they change nothing, and saving loses nothing.
 */
export function parseProject(text: string): Result<Project, ParseFailure> {
  // No character takes less than a byte, so the length is enough to refuse by, and the exact size is not needed.
  const size = tooLarge(text.length);
  if (size !== null) return err(size);
  const json = readJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (!json.ok) return json;
  const hostile = findHostile(json.value);
  if (hostile !== null) return err(hostile);
  const header = checkHeader(json.value);
  if (!header.ok) return header;

  try {
    const file = migrate(FORMAT_MIGRATIONS, header.value.version, header.value.file);
    const failure = findUnknownKinds(file) ?? findVersionTrouble(file);
    if (failure !== null) return err(failure);
    const filled = updateValues(file);
    const wrong = findWrongRecord(filled);
    if (wrong !== null) return err(wrong);
    const parsed = projectSchema.safeParse(filled);
    if (!parsed.success) return err(describeIssues(filled, parsed.error.issues));
    const broken = findBrokenReference(parsed.data);
    if (broken !== null) return err(broken);
    return ok(withViews({ ...parsed.data, kindVersions: kindVersionsOf(parsed.data) }));
  } catch (thrown) {
    // A migration met data that no program ever wrote in that version.
    if (header.value.version === FORMAT_VERSION && !hasOldValues(header.value.file)) throw thrown;
    return err({
      kind: 'invalid',
      path: '',
      place: 'the whole file',
      problem: 'The file says that it is of an older version, but what it holds does not fit that version.',
      remedy: 'Open the file in the program that wrote it, or restore a copy from before it was edited.',
    });
  }
}

function readJson(text: string): Result<unknown, ParseFailure> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    const error = findJsonError(text);
    // The text is JSON, yet the engine's parser gave up: nested deeper than its stack.
    return err(error === null ? tooDeep() : notJson(text, error));
  }
}

function notJson(text: string, error: JsonError): ParseFailure {
  const { line, column } = error;
  const place = `line ${line}, column ${column}`;
  if (text.trim() === '')
    return {
      kind: 'truncated',
      line,
      column,
      place: 'the whole file',
      problem: 'The file is empty.',
      remedy: 'Restore an earlier copy of it, or start a new project.',
    };
  if (error.truncated)
    return {
      kind: 'truncated',
      line,
      column,
      place,
      problem: `The file ends in the middle: here should stand ${error.expected}.`,
      remedy: 'Part of the file is missing, as after an interrupted copy or download. Copy it again from where it came from.',
    };
  const looksLikeProject = /^\s*\{/.test(text) && text.includes('topolab');
  const remedy = !looksLikeProject
    ? 'This is probably not a Topolab project: choose a file that Topolab saved.'
    : error.afterComma && (error.found === '}' || error.found === ']')
      ? 'Remove the comma before it.'
      : error.found === '/' || error.found === '#'
        ? 'Comments are not allowed in JSON: remove it, or put the text into a note.'
        : error.found === "'"
          ? 'Use double quotes.'
          : 'Correct this place in a text editor.';
  return {
    kind: 'not-json',
    line,
    column,
    place,
    problem: `The file is not valid JSON: here stands ${quote(error.found)} instead of ${error.expected}.`,
    remedy,
  };
}

function tooDeep(path: readonly PropertyKey[] = []): ParseFailure {
  return {
    kind: 'too-deep',
    place: path.length === 0 ? 'the whole file' : writePath(path.slice(0, 8)),
    problem: `Values are nested in each other more than ${MAX_DEPTH} deep.`,
    remedy: 'No project needs that: choose a file that Topolab saved.',
  };
}

/** What would harm the program or be lost on saving: bottomless nesting, names that JavaScript gives a meaning, numbers beyond all bounds. */
function findHostile(root: unknown): ParseFailure | null {
  const path: PropertyKey[] = [];
  const visit = (value: unknown): ParseFailure | null => {
    if (typeof value === 'number' && !Number.isFinite(value))
      return {
        kind: 'invalid',
        path: writePath(path),
        place: describePlace(root, path),
        problem: 'The number is too large to be stored.',
        remedy: 'Write a number below 1e308.',
      };
    if (typeof value !== 'object' || value === null) return null;
    if (path.length >= MAX_DEPTH) return tooDeep(path);
    if (Object.hasOwn(value, '__proto__'))
      return {
        kind: 'invalid',
        path: writePath(path),
        place: describePlace(root, path),
        problem: 'The name "__proto__" stands here, which no project uses.',
        remedy: 'Remove it.',
      };
    const children: readonly (readonly [PropertyKey, unknown])[] | null = Array.isArray(value) ? null : Object.entries(value);
    const count = children === null ? (value as unknown[]).length : children.length;
    for (let index = 0; index < count; index++) {
      const [key, child] = children === null ? [index, (value as unknown[])[index]] : (children[index] ?? ['', null]);
      // Minus zero means nothing here and would not survive saving.
      if (Object.is(child, -0)) (value as Record<PropertyKey, unknown>)[key] = 0;
      path.push(key);
      const found = visit(child);
      if (found !== null) return found;
      path.pop();
    }
    return null;
  };
  return visit(root);
}

function checkHeader(root: unknown): Result<{ readonly file: Record<string, unknown>; readonly version: number }, ParseFailure> {
  const notProject = (
    place: string,
    problem: string,
    remedy = 'Choose a file that Topolab saved; its name usually ends in .topolab.',
  ): Result<never, ParseFailure> => err({ kind: 'not-a-project', place, problem, remedy });
  if (!isRecord(root)) return notProject('the whole file', 'The file is JSON, but not a Topolab project.');
  if (root.format === 'topolab-result')
    return notProject('format', 'The file is the result of a run, not a project.', 'Open the project that the run was made from.');
  if (root.format !== 'topolab')
    return notProject(
      'format',
      root.format === undefined
        ? 'The file is JSON, but nothing in it says that it is a Topolab project.'
        : `The file says that it is ${quote(root.format)}, not "topolab".`,
    );
  const version = root.formatVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return notProject(
      'formatVersion',
      version === undefined ? 'The file does not say of which version it is.' : `The version of the file is ${quote(version)}, which is not a version.`,
      `Set formatVersion to a whole number from 1 to ${FORMAT_VERSION}.`,
    );
  if (version > FORMAT_VERSION)
    return err(
      newer('formatVersion', `The file is of format version ${version}; this program reads up to version ${FORMAT_VERSION}.`, version, FORMAT_VERSION),
    );
  return ok({ file: root, version });
}

function newer(place: string, problem: string, found: number, known: number): ParseFailure {
  return {
    kind: 'newer-version',
    place,
    problem,
    remedy: 'Install a newer version of Topolab, or ask for the file to be saved by this one. The file was not changed.',
    found,
    known,
  };
}

function componentsIn(file: Record<string, unknown>): { readonly component: Record<string, unknown>; readonly path: PropertyKey[] }[] {
  const designs = Array.isArray(file.designs) ? (file.designs as unknown[]) : [];
  return designs.flatMap((design, d) => {
    const components = isRecord(design) && Array.isArray(design.components) ? (design.components as unknown[]) : [];
    return components.flatMap((component, c) => (isRecord(component) ? [{ component, path: ['designs', d, 'components', c] }] : []));
  });
}

function findUnknownKinds(file: Record<string, unknown>): ParseFailure | null {
  const unknown = componentsIn(file).filter(({ component }) => typeof component.kind === 'string' && kindOf(component.kind) === undefined);
  const [first] = unknown;
  if (first === undefined) return null;
  const kinds = [...new Set(unknown.map(({ component }) => String(component.kind)))];
  const others = unknown.length - 1;
  return {
    kind: 'unknown-kind',
    kinds,
    place: `${describePlace(file, [...first.path, 'kind'])}${others > 0 ? ` and ${others} more` : ''}`,
    problem: `The project uses ${kinds.length === 1 ? 'a kind of part' : 'kinds of parts'} that this program does not know: ${enumerateShort(kinds.map(quote))}.`,
    remedy: `Install a newer version of Topolab, or replace ${unknown.length === 1 ? 'the part' : `the ${unknown.length} parts`} by one of the kinds ${KINDS.map((kind) => kind.id).join(', ')}.`,
  };
}

/** Versions of values: each kind in use must be named in kindVersions, at most at the version that the program knows. */
function findVersionTrouble(file: Record<string, unknown>): ParseFailure | null {
  const versions = file.kindVersions;
  if (!isRecord(versions)) return null; // The schema will say so.
  for (const [key, { version }] of versionedValues()) {
    const found = versions[key];
    if (typeof found === 'number' && found > version)
      return newer(`kindVersions.${key}`, `The values of ${quote(key)} are of version ${found}; this program knows up to version ${version}.`, found, version);
    if (found === undefined && usesValuesOf(file, key))
      return {
        kind: 'invalid',
        path: 'kindVersions',
        place: 'kindVersions',
        problem: `It does not say of which version the values of ${quote(key)} are.`,
        remedy: `Add "${key}": ${version} if they were written for this version of the program.`,
      };
  }
  return null;
}

function usesValuesOf(file: Record<string, unknown>, key: string): boolean {
  if (key === LINK_KEY)
    return Array.isArray(file.designs) && file.designs.some((design: unknown) => isRecord(design) && Array.isArray(design.links) && design.links.length > 0);
  if (key === workloadKind().id && Array.isArray(file.workloads) && file.workloads.length > 0) return true;
  return componentsIn(file).some(({ component }) => component.kind === key);
}

function hasOldValues(file: Record<string, unknown>): boolean {
  const versions = file.kindVersions;
  return isRecord(versions) && [...versionedValues()].some(([key, { version }]) => typeof versions[key] === 'number' && versions[key] < version);
}

/** Brings the values of every part up to date and adds what is missing; what has not the shape of values is left for the schema to refuse. */
function updateValues(file: Record<string, unknown>): Record<string, unknown> {
  const versions = isRecord(file.kindVersions) ? file.kindVersions : {};
  const known = versionedValues();
  const update = (record: unknown, key: string, params: Parameters<typeof withDefaults>[0]): unknown => {
    if (!isRecord(record) || !isRecord(record.params)) return record;
    const from = versions[key];
    const migrated = typeof from === 'number' ? migrate(known.get(key)?.migrations ?? [], from, record.params) : record.params;
    return { ...record, params: withDefaults(params, migrated) };
  };
  const each = (list: unknown, change: (record: unknown) => unknown): unknown => (Array.isArray(list) ? list.map(change) : list);
  const workload = workloadKind();
  return {
    ...file,
    formatVersion: FORMAT_VERSION,
    workloads: each(file.workloads, (record) => update(record, workload.id, workload.params)),
    designs: each(file.designs, (design) => {
      if (!isRecord(design)) return design;
      return {
        ...design,
        components: each(design.components, (record) => {
          const kind = isRecord(record) && typeof record.kind === 'string' ? kindOf(record.kind) : undefined;
          return kind === undefined || kind.stored === 'workload' ? record : update(record, kind.id, kind.params);
        }),
        links: each(design.links, (record) => update(record, LINK_KEY, linkParams)),
      };
    }),
  };
}

/** The first record that its schema refuses. Going one by one keeps a list of a million wrong things from becoming a million complaints. */
function findWrongRecord(file: Record<string, unknown>): ParseFailure | null {
  const lists: { list: unknown; path: PropertyKey[]; schema: z.ZodType; most: number }[] = [
    { list: file.machines, path: ['machines'], schema: machineSchema, most: LIMITS.machines },
    { list: file.workloads, path: ['workloads'], schema: workloadSchema, most: LIMITS.workloads },
    { list: file.objectives, path: ['objectives'], schema: objectiveSchema, most: OBJECTIVE_LIMIT },
    { list: file.sweeps, path: ['sweeps'], schema: sweepSchema, most: SWEEP_LIMIT },
    { list: file.searches, path: ['searches'], schema: searchSchema, most: SEARCH_LIMIT },
    { list: file.variants, path: ['variants'], schema: namedVariantSchema, most: VARIANT_LIMIT },
  ];
  if (Array.isArray(file.designs))
    for (const [index, design] of (file.designs as unknown[]).slice(0, LIMITS.designs).entries())
      if (isRecord(design))
        lists.push(
          { list: design.components, path: ['designs', index, 'components'], schema: componentSchema, most: LIMITS.componentsPerDesign },
          { list: design.links, path: ['designs', index, 'links'], schema: linkSchema, most: LIMITS.linksPerDesign },
          { list: design.faults, path: ['designs', index, 'faults'], schema: faultSchema, most: FAULT_LIMIT },
          { list: design.notes, path: ['designs', index, 'notes'], schema: noteSchema, most: LIMITS.notesPerDesign },
        );
  lists.push({ list: file.designs, path: ['designs'], schema: z.unknown(), most: LIMITS.designs });
  for (const { list, path, schema, most } of lists) {
    if (!Array.isArray(list)) continue;
    if (list.length > most)
      return {
        kind: 'invalid',
        path: writePath(path),
        place: describePlace(file, path),
        problem: `The list has ${list.length} entries; at most ${most} are allowed.`,
        remedy: 'Remove some, or divide them between several projects.',
      };
    for (const [index, record] of list.entries()) {
      const parsed = schema.safeParse(record);
      if (parsed.success) continue;
      return describeIssues(
        file,
        parsed.error.issues.map((issue) => ({ ...issue, path: [...path, index, ...issue.path] })),
      );
    }
  }
  return null;
}

function describeIssues(root: unknown, issues: readonly z.core.$ZodIssue[]): ParseFailure {
  const [issue] = issues;
  if (issue === undefined) throw new Error('Invariant broken: a refusal without an issue');
  const { problem, remedy } = describeIssue(issue, valueAt(root, issue.path));
  const name = issue.path.length === 0 ? 'The file' : quote(String(issue.path[issue.path.length - 1]));
  const more = issues.length > 1 ? ` ${issues.length - 1} more places have to be corrected as well.` : '';
  return { kind: 'invalid', path: writePath(issue.path), place: describePlace(root, issue.path), problem: `${name} ${problem}.`, remedy: `${remedy}${more}` };
}

/** Every design gets a place for its view, so that nobody has to ask whether there is one. */
function withViews(project: Project): Project {
  const missing = project.designs.filter((design) => project.view.designs[design.id] === undefined);
  if (missing.length === 0) return project;
  return { ...project, view: { designs: { ...project.view.designs, ...Object.fromEntries(missing.map((design) => [design.id, { positions: {} }])) } } };
}
