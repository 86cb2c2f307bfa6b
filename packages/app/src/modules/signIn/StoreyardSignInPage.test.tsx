import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import type { JsonObject } from '@backstage/types';
import { oidcAuthApiRef } from './oidcAuthApi';
import { StoreyardSignInPage } from './StoreyardSignInPage';

const signedOut = {
  getIdToken: async () => '',
  getProfile: async () => undefined,
  getBackstageIdentity: async () => undefined,
  signIn: async () => undefined,
  signOut: async () => undefined,
  sessionState$: jest.fn(),
};

function renderPage(providers: JsonObject, signIn: JsonObject = {}) {
  const data = {
    app: { title: 'Storeyard', baseUrl: 'http://localhost:7007', signIn },
    backend: { baseUrl: 'http://localhost:7007' },
    auth: { providers },
  };
  renderInTestApp(<StoreyardSignInPage onSignInSuccess={jest.fn()} />, {
    config: data,
    apis: [mockApis.config({ data }), [oidcAuthApiRef, signedOut]],
  });
}

describe('StoreyardSignInPage', () => {
  it('lets a guest in where guests are configured, and offers nothing else', async () => {
    renderPage({ guest: {} });

    expect(
      await screen.findByRole('button', { name: 'Enter' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Sign In' })).toBeNull();
  });

  it('offers OpenID Connect alone where guests are not configured', async () => {
    renderPage({ oidc: {} }, { title: 'Example Inc.', message: 'Your badge' });

    expect(
      await screen.findByRole('button', { name: 'Sign In' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Example Inc.')).toBeVisible();
    expect(screen.getByText('Your badge')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Enter' })).toBeNull();
  });

  it('offers both where both are configured', async () => {
    renderPage({ oidc: {}, guest: {} });

    expect(
      await screen.findByRole('button', { name: 'Sign In' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Enter' })).toBeInTheDocument();
  });

  it('says that nobody can sign in where nothing is configured', async () => {
    renderPage({});

    expect(
      await screen.findByText('Nobody can sign in yet'),
    ).toBeInTheDocument();
  });
});
