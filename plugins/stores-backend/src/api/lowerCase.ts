/** Entity refs are the same whatever their case. */
export function lowerCase(owner: string | undefined): string | undefined {
  return owner?.toLocaleLowerCase('en-US');
}
