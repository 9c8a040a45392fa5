import { describe, expect, it } from 'vitest';
import { FAILURE_REASONS, METRICS } from '../engine/metrics';
import { resultJsonSchema, resultSchema } from './result-schema';

describe('resultJsonSchema', () => {
  it('is the one that is committed (npx vitest run src-shared/protocol/result-schema -u writes it anew)', async () => {
    await expect(`${JSON.stringify(resultJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('./topolab-result.schema.json');
  });

  it('defines every metric and every reason of failure', () => {
    const text = JSON.stringify(resultJsonSchema());
    for (const { definition } of Object.values(METRICS)) expect(text).toContain(JSON.stringify(definition).slice(1, -1));
    for (const reason of FAILURE_REASONS) expect(text).toContain(`"${reason}":{`);
  });

  it('refuses a result with a name that it does not know', () => {
    const parsed = resultSchema.safeParse({ format: 'topolab-result', surprise: 1 });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
  });
});
