import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Finding } from './auditAccessibility';

// eslint-disable-next-line no-restricted-syntax -- tests run from the sources only
const file = resolve(__dirname, 'stockBaseline.json');

/** How often each rule is broken. */
type Counts = Record<string, number>;

function countByRule(findings: readonly Finding[]): Counts {
  const counts: Counts = {};
  for (const { rule } of findings) {
    counts[rule] = (counts[rule] ?? 0) + 1;
  }
  return counts;
}

/**
 * What is known to be wrong in what Backstage brings, by page and rule: written down, so that it doesn't grow.
 * With `UPDATE_GOLDEN=1` what is more is written into the file instead, for a look at `git diff`.
 */
export class StockBaseline {
  static load(
    environment: Readonly<Record<string, string | undefined>> = process.env,
  ): StockBaseline {
    return new StockBaseline(
      JSON.parse(readFileSync(file, 'utf8')),
      Boolean(environment.UPDATE_GOLDEN),
    );
  }

  private constructor(
    private readonly known: Record<string, Counts>,
    private readonly isUpdate: boolean,
  ) {}

  /** What a page has more of than is known; empty when all is as it was, or better. */
  excess(page: string, findings: readonly Finding[]): Finding[] {
    const counts = countByRule(findings);
    if (this.isUpdate) {
      this.widen(page, counts);
      return [];
    }
    const known = this.known[page] ?? {};
    return findings.filter(
      ({ rule }) => (counts[rule] ?? 0) > (known[rule] ?? 0),
    );
  }

  private widen(page: string, counts: Counts): void {
    const known = (this.known[page] ??= {});
    for (const [rule, count] of Object.entries(counts)) {
      known[rule] = Math.max(known[rule] ?? 0, count);
    }
    const sorted = Object.fromEntries(
      Object.entries(this.known)
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([name, rules]) => [
          name,
          Object.fromEntries(Object.entries(rules).sort()),
        ]),
    );
    writeFileSync(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
  }
}
