export const CoverPage = () => null;
