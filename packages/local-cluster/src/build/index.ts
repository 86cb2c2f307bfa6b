export * from './buildPrograms';
export { installDebianPackages } from './toolchain';
export * from './requirements';
