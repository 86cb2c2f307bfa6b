import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Queries by role walk the whole app, which a busy machine needs time for.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(90_000);
