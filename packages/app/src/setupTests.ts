import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The whole app is loaded, which a busy machine needs time for.
configure({ asyncUtilTimeout: 30_000 });
jest.setTimeout(60_000);
