export * from './assembly';
export * from './cover';
export * from './incident';
export * from './liquidity';
