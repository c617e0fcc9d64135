// Writes src/generated/ from the IDL and the tables in idls/; with --check writes nothing and fails when it would differ.
// Each step mends one thing that Codama's pinned versions lack, at its source.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootNodeFromAnchor } from '@codama/nodes-from-anchor';
import { renderVisitor } from '@codama/renderers-js';
import { createFromRoot } from 'codama';

const client = join(dirname(fileURLToPath(import.meta.url)), '..');
const repository = join(client, '../..');
const checking = process.argv.includes('--check');
const folder = checking ? 'src/generated.check' : 'src/generated';
const generated = join(client, folder);
const table = (name) => JSON.parse(readFileSync(join(repository, `idls/${name}.json`), 'utf8'));
const idl = table('breakwater');

// Codama takes the events' structs out of the types and renders none: keep each as <Event>Event.
const eventName = (name) => `${name}Event`;
for (const { name } of idl.events) {
  const type = idl.types.find((candidate) => candidate.name === name);
  idl.types.push({ ...type, name: eventName(name) });
}

// Doc comments link to Rust items; here they are plain names.
const plain = (text) => text.replaceAll(/\[(`[^`]+`)\]/g, '$1');
const text = plain(JSON.stringify(idl));
const codama = createFromRoot(rootNodeFromAnchor(JSON.parse(text)));
await codama.accept(
  renderVisitor(client, { generatedFolder: folder, kitImportStrategy: 'rootOnly', syncPackageJson: false }),
);

const rewrite = (folder, change) => {
  let changed = false;
  for (const file of readdirSync(join(generated, folder))) {
    const path = join(generated, folder, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    if (after === before) continue;
    writeFileSync(path, after);
    changed = true;
  }
  if (!changed) throw new Error(`nothing to mend in ${folder}: is Codama newer? Then take the step out`);
};

// From Kit 6.10 on extendClient() returns ExtendedClient.
rewrite('programs', (source) =>
  source
    .replace(/Omit<T, '(\w+)'> & \{ \w+: (\w+) \}/, 'ExtendedClient<T, { $1: $2 }>')
    .replace('type ClientWithPayer,', 'type ClientWithPayer,\n  type ExtendedClient,'),
);

// Error texts are for people: keep them in production too, and need no `process` in a browser.
rewrite('errors', (source) => source.replaceAll(`process.env['NODE_ENV'] !== 'production'`, 'true'));

// What Codama does not render: events by their discriminators, where accounts hold addresses, enums, and all addresses.
const camel = (name) =>
  name.charAt(0).toLowerCase() + name.slice(1).replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase());
const write = (file, text) =>
  writeFileSync(join(generated, file), `// Written by scripts/generate.mjs: do not edit.\n\n${text}`);
const events = idl.events.map(({ name, discriminator }) => ({
  name: camel(name),
  type: eventName(name),
  discriminator: discriminator.join(', '),
}));
write(
  'events.ts',
  `import type { Decoder } from '@solana/kit';
import {
${events.map(({ type }) => `  get${type}Decoder,\n  type ${type},`).join('\n')}
} from './types';

/** Everything the program logs, by name. */
export type BreakwaterEvents = {
${events.map(({ name, type }) => `  ${name}: ${type};`).join('\n')}
};

/** Discriminator and decoder of each event; the data follows the discriminator. */
export const EVENTS: {
  readonly [Name in keyof BreakwaterEvents]: {
    readonly discriminator: readonly number[];
    readonly decoder: () => Decoder<BreakwaterEvents[Name]>;
  };
} = {
${events
  .map(
    ({ name, type, discriminator }) => `  ${name}: { discriminator: [${discriminator}], decoder: get${type}Decoder },`,
  )
  .join('\n')}
};
`,
);

const SIZES = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8, pubkey: 32 };
const structs = new Map(idl.types.map(({ name, type }) => [name, type.fields]));
const sizeOf = (type) => {
  if (type.array) return sizeOf(type.array[0]) * type.array[1];
  if (type.defined) return structs.get(type.defined.name).reduce((sum, field) => sum + sizeOf(field.type), 0);
  if (!SIZES[type]) throw new Error(`of which size is ${JSON.stringify(type)}?`);
  return SIZES[type];
};
const lookupsOf = ({ name, discriminator }) => {
  let offset = discriminator.length;
  const lines = structs.get(name).flatMap((field) => {
    const at = offset;
    offset += sizeOf(field.type);
    return field.type === 'pubkey' ? [`    ${camel(field.name)}: ${at},`] : [];
  });
  return `  ${camel(name)}: {\n${lines.join('\n')}\n  },`;
};
write(
  'lookups.ts',
  `/** Where accounts hold addresses, bytes from their start. */
export const LOOKUPS = {
${idl.accounts.map(lookupsOf).join('\n')}
} as const;
`,
);

const WORDS = (name) => `${name.replaceAll(/\B([A-Z])/g, '_$1').toUpperCase()}_WORDS`;
const enums = table('enums').map(({ name, doc, variants }) => {
  const lines = variants.map((it) => `  /** ${plain(it.doc)} */\n  ${it.name} = ${it.byte},`);
  const words = variants.map((it) => `  [${name}.${it.name}]: ${JSON.stringify(it.word)},`);
  return `
/** ${plain(doc)} */
export enum ${name} {
${lines.join('\n')}
}

/** The variants of {@link ${name}} in words. */
export const ${WORDS(name)}: Readonly<Record<${name}, string>> = {
${words.join('\n')}
};
`;
});
write(
  'enums.ts',
  `/** The variant of an enum that an account or an event has stored; \`undefined\` when the program knows none such. */
export function variantOf<Enum extends Readonly<Record<string, string | number>>>(
  kind: Enum,
  stored: number | bigint,
): Exclude<Enum[keyof Enum], string> | undefined {
  return String(stored) in kind ? (Number(stored) as Exclude<Enum[keyof Enum], string>) : undefined;
}

/** Whether that is a certain variant. */
export const isVariant = (stored: number | bigint, variant: number): boolean => Number(stored) === variant;
${enums.join('')}`,
);

const ENCODERS = { Address: 'getAddressEncoder', u8: 'getU8Encoder', u16: 'getU16Encoder', u32: 'getU32Encoder' };
const encoderOf = ({ type }) => ENCODERS[type] ?? 'getU64Encoder';
const typeOf = ({ type }) => (type === 'Address' ? type : type === 'u64' ? 'bigint' : 'number');
const addresses = table('addresses');
const encoders = [...new Set(addresses.flatMap(({ parts }) => parts.map(encoderOf)))].sort();
write(
  'addresses.ts',
  `import {
  createAddressWithSeed,
${encoders.map((encoder) => `  ${encoder},`).join('\n')}
  getProgramDerivedAddress,
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { BREAKWATER_PROGRAM_ADDRESS } from './programs';

const derive = async (...seeds: (string | ReadonlyUint8Array)[]): Promise<Address> => {
  const [address] = await getProgramDerivedAddress({ programAddress: BREAKWATER_PROGRAM_ADDRESS, seeds });
  return address;
};

/** The address that the System program makes of a base and, as seed, another address: its bytes without their highest bits. */
const seeded = (baseAddress: Address, seed: Address): Promise<Address> =>
  createAddressWithSeed({
    baseAddress,
    programAddress: BREAKWATER_PROGRAM_ADDRESS,
    seed: Uint8Array.from(getAddressEncoder().encode(seed), (byte) => byte & 0x7f),
  });
${addresses
  .map(({ name, doc, seed, base, parts }) => {
    const parameters = parts.map((part) => `${camel(part.name)}: ${typeOf(part)}`);
    if (base) {
      const [text] = parts.filter((part) => part.name !== base);
      return `\n/** ${doc} */\nexport const ${camel(name)} = (${parameters.join(', ')}): Promise<Address> =>\n  seeded(${camel(base)}, ${camel(text.name)});\n`;
    }
    const seeds = parts.map((part) => `${encoderOf(part)}().encode(${camel(part.name)})`);
    return `\n/** ${doc} */\nexport const ${camel(name)} = (${parameters.join(', ')}): Promise<Address> =>\n  derive('${seed}', ${seeds.join(', ')});\n`;
  })
  .join('')}`,
);

if (checking) {
  const committed = join(client, 'src/generated');
  const files = (root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();
  const [expected, found] = [files(generated), files(committed)];
  const read = (root, file) => readFileSync(join(root, file), 'utf8');
  const stale = expected.filter((file) => !found.includes(file) || read(generated, file) !== read(committed, file));
  const extra = found.filter((file) => !expected.includes(file));
  rmSync(generated, { recursive: true });
  if (stale.length + extra.length > 0) {
    console.error(`out of date: ${[...stale, ...extra].join(', ')}; run \`npm run generate -w clients/ts\``);
    process.exit(1);
  }
}
