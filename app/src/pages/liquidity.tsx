export const LiquidityPage = () => null;
