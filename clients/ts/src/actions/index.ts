export * from './assembly';
export * from './change';
export * from './cover';
export * from './incident';
export * from './liquidity';
export * from './pool';
export * from './trigger';
export { fetchTokenProgram, openTokenAccount, TOKEN_2022_PROGRAM_ADDRESS, tokenAddress } from './tokens';
