import { ClusterApiError } from './ClusterError';

/** The error that the API server's answer stands for, with its own words. */
export function refusal(
  method: string,
  path: string,
  status: number,
  body: string,
): ClusterApiError {
  const { reason, message } = parseStatus(body);
  return new ClusterApiError(
    `${method} ${path.split('?')[0]}`,
    status,
    reason,
    message,
  );
}

function parseStatus(body: string): { reason?: string; message: string } {
  try {
    const { reason, message } = JSON.parse(body);
    return { reason, message: String(message ?? body) };
  } catch {
    return { message: body.slice(0, 500) };
  }
}
