import { askTheCore } from './ask-the-core.js';

export default { rules: { 'ask-the-core': askTheCore } };
