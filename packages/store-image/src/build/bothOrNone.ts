/** Does two things side by side. One that fails ends the other, and nothing of either goes on afterwards. */
export async function bothOrNone<A, B>(
  outer: AbortSignal,
  makeOne: (signal: AbortSignal) => Promise<A>,
  makeOther: (signal: AbortSignal) => Promise<B>,
): Promise<[A, B]> {
  const failure = new AbortController();
  const signal = AbortSignal.any([outer, failure.signal]);
  const endOther = (error: unknown) => {
    failure.abort(error);
    throw error;
  };
  const one = makeOne(signal).catch(endOther);
  const other = makeOther(signal).catch(endOther);
  await Promise.allSettled([one, other]);
  failure.signal.throwIfAborted();
  return [await one, await other];
}
