const factors: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity as Kubernetes writes it, as a number; undefined when it isn't one. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, unit = ''] =
    /^(\d+(?:\.\d+)?(?:e\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = factors[unit];
  return digits === undefined || factor === undefined
    ? undefined
    : Number(digits) * factor;
}

/** How much of a whole is used, from 0 to 1; undefined when that can't be said. */
export function shareOf(used: string, hard: string): number | undefined {
  const part = parseQuantity(used);
  const whole = parseQuantity(hard);
  if (part === undefined || whole === undefined || whole === 0) {
    return undefined;
  }
  return Math.min(1, part / whole);
}

/** Bytes in the unit that a person would choose: `512 MiB`, `7.6 GiB`. */
export function formatBytes(bytes: number): string {
  const gibibytes = bytes / 2 ** 30;
  return gibibytes >= 1
    ? `${round(gibibytes)} GiB`
    : `${round(bytes / 2 ** 20)} MiB`;
}

/** Cores with one digit at most. */
export function formatCores(cores: number): string {
  return String(round(cores));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
