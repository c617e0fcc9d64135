export * from './assembly';
export * from './cover';
export * from './incident';
export * from './liquidity';
export { openTokenAccount, tokenAddress } from './tokens';
