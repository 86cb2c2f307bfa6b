import { find } from './dom';

/** Says what went wrong; `undefined` takes it away. */
export function showNotice(message: string | undefined): void {
  const notice = find('[data-notice]');
  notice.textContent = message ?? '';
  notice.hidden = !message;
  if (message) {
    notice.scrollIntoView({ block: 'nearest' });
  }
}

/** Runs what a button starts: the button waits meanwhile, and a failure is said. */
export async function attempt(
  button: HTMLButtonElement,
  action: () => Promise<void>,
): Promise<void> {
  showNotice(undefined);
  button.disabled = true;
  try {
    await action();
  } catch (error) {
    showNotice(error instanceof Error ? error.message : String(error));
  } finally {
    button.disabled = false;
  }
}
