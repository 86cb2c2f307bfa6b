export * from './control-plane';
export * from './programs';
