export const PoolPage = () => null;
