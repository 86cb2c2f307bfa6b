/** Reads Prometheus' text format, strictly: samples by name and labels. */
export function parseMetrics(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const described = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) \S.*$/.exec(
      line,
    );
    if (comment !== null) {
      if (comment[1] === 'TYPE') described.add(comment[2]!);
      continue;
    }
    const sample =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_]\w*="[^"\\]*",?)*\})? (\S+)$/.exec(
        line,
      );
    if (sample === null) {
      throw new Error(`'${line}' is no line of a Prometheus text`);
    }
    const [, name, labels = '', value] = sample;
    const family = name!.replace(/_(bucket|sum|count)$/, '');
    if (!described.has(name!) && !described.has(family)) {
      throw new Error(`'${name}' has no TYPE line before it`);
    }
    if (samples.has(name + labels)) {
      throw new Error(`'${name}${labels}' is there twice`);
    }
    if (Number.isNaN(Number(value))) {
      throw new Error(`'${line}' has '${value}', expected a number`);
    }
    samples.set(name + labels, Number(value));
  }
  return samples;
}
