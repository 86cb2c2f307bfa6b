import { act, render, screen } from '@testing-library/react';
import App from './App';

type Listener = Parameters<MediaQueryList['addListener']>[0];

/** One of the questions that a page asks the system, which the tests' browser has none of. */
class SystemQuery extends EventTarget {
  readonly onchange = null;
  matches = false;

  constructor(readonly media: string) {
    super();
  }

  addListener(listener: Listener) {
    this.addEventListener('change', listener as EventListener | null);
  }

  removeListener(listener: Listener) {
    this.removeEventListener('change', listener as EventListener | null);
  }

  switchOn() {
    this.matches = true;
    this.dispatchEvent(Object.assign(new Event('change'), { matches: true }));
  }
}

describe('App', () => {
  let dark: SystemQuery;

  beforeEach(() => {
    dark = new SystemQuery('(prefers-color-scheme: dark)');
    window.matchMedia = media =>
      media === dark.media ? dark : new SystemQuery(media);
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          data: {
            app: { title: 'Storeyard', baseUrl: 'http://localhost:7007' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: { providers: { guest: {} } },
          },
          context: 'test',
        },
      ] as unknown as string,
    };
  });

  it('asks to sign in under its own name', async () => {
    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: 'Enter' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Storeyard' })).toBeVisible();
  });

  it("keeps the page, and what is typed on it, when the system's colours switch", async () => {
    render(App.createRoot());
    const button = await screen.findByRole('button', { name: 'Enter' });
    expect(document.body).toHaveAttribute('data-theme-mode', 'light');

    act(() => dark.switchOn());

    expect(document.body).toHaveAttribute('data-theme-mode', 'dark');
    expect(button).toBeInTheDocument();
  });
});
