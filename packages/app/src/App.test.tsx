import { render, screen } from '@testing-library/react';
import App from './App';

describe('App', () => {
  it('asks to sign in under its own name', async () => {
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

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: 'Enter' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Storeyard' })).toBeVisible();
  });
});
