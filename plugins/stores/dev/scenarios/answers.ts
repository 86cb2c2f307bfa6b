/** An answer that never comes. */
export const never = () => new Promise<never>(() => {});

/** Answers once and then no more. */
export function failAfterFirst<T>(answer: () => T): () => Promise<T> {
  let answered = false;
  return async () => {
    if (answered) {
      throw new TypeError('Failed to fetch');
    }
    answered = true;
    return answer();
  };
}
