/** A plausible price: a hundredfold in currencies without a smaller unit, like the yen. */
export function price(amount: number, currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits === 0 ? amount * 100 : amount;
}
