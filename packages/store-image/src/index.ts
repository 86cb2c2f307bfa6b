export * from './shopper';
