export const ClaimsPage = () => null;
