function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Variables as lines for a shell. Of PATH only what comes before the `path` that the shell has already. */
export function renderEnvironment(
  environment: Readonly<Record<string, string>>,
  path: string,
): string {
  return Object.entries(environment)
    .map(([name, value]) => {
      const own =
        name === 'PATH' && path && value.endsWith(`:${path}`)
          ? value.slice(0, -path.length - 1)
          : undefined;
      return own === undefined
        ? `export ${name}=${quote(value)}`
        : `export PATH=${quote(own)}:"$PATH"`;
    })
    .join('\n');
}
