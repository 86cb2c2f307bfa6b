import { prepare } from './prepare';

prepare(JSON.parse(process.argv[2] ?? '{}')).catch(error => {
  console.error(error);
  process.exit(1);
});
