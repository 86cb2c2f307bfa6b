import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
// The page loads it when it is opened; before the tests, so that their waiting is about behaviour.
import './components/StoresRouter';

configure({ asyncUtilTimeout: 5_000 });
// Queries by role walk the whole app, which a busy machine needs time for.
jest.setTimeout(30_000);
