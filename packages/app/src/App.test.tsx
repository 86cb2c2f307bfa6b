import { act, render, screen } from '@testing-library/react';
import App from './App';

let prefersDark = false;
type Listener = (event: { matches: boolean }) => void;
const listeners = new Set<Listener>();

/** A system whose colours can be switched, which the tests' browser has none of. */
const matchMedia = (media: string) =>
  ({
    media,
    get matches() {
      return media.includes('dark') && prefersDark;
    },
    addListener: (listener: Listener) => listeners.add(listener),
    removeListener: (listener: Listener) => listeners.delete(listener),
    addEventListener: (_type: string, listener: Listener) =>
      listeners.add(listener),
    removeEventListener: (_type: string, listener: Listener) =>
      listeners.delete(listener),
  } as Partial<MediaQueryList> as MediaQueryList);

function switchToDark() {
  prefersDark = true;
  listeners.forEach(listener => listener({ matches: true }));
}

describe('App', () => {
  beforeEach(() => {
    prefersDark = false;
    Object.defineProperty(window, 'matchMedia', {
      configurable: true,
      value: matchMedia,
    });
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

    act(switchToDark);

    expect(document.body).toHaveAttribute('data-theme-mode', 'dark');
    expect(button).toBeInTheDocument();
  });
});
