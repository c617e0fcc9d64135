// Writes src/generated/ from idls/breakwater.json; with --check writes nothing and fails when it would differ.
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
const idl = JSON.parse(readFileSync(join(repository, 'idls/breakwater.json'), 'utf8'));

// Anchor 2 leaves aliases such as PodU64 among the types; Codama does not know them.
const aliases = new Map(
  idl.types.filter(({ type }) => type.kind === 'type').map(({ name, type }) => [name, type.alias]),
);
const inlined = (node) => {
  if (Array.isArray(node)) return node.map(inlined);
  if (!node || typeof node !== 'object') return node;
  if (node.defined && aliases.has(node.defined.name)) return inlined(aliases.get(node.defined.name));
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inlined(value)]));
};
idl.types = idl.types.filter(({ type }) => type.kind !== 'type');

// Codama takes the events' structs out of the types and renders none: keep each as <Event>Event.
const eventName = (name) => `${name}Event`;
for (const { name } of idl.events) {
  const type = idl.types.find((candidate) => candidate.name === name);
  idl.types.push({ ...type, name: eventName(name) });
}

// Doc comments link to Rust items; here they are plain names.
const text = JSON.stringify(inlined(idl)).replaceAll(/\[(`[^`]+`)\]/g, '$1');
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

// What Codama does not render: events by their discriminators, and all addresses.
const camel = (name) => name.charAt(0).toLowerCase() + name.slice(1);
const header = '// Written by scripts/generate.mjs: do not edit.\n\n';
const events = idl.events.map(({ name, discriminator }) => ({
  name: camel(name),
  type: eventName(name),
  discriminator: discriminator.join(', '),
}));
writeFileSync(
  join(generated, 'events.ts'),
  `${header}import type { Decoder } from '@solana/kit';
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

// The seeds stand once, in the program's seeds.rs: a line of words names what follows the first seed of each address.
const integers = { u8: 'getU8Encoder', u16: 'getU16Encoder', u32: 'getU32Encoder', u64: 'getU64Encoder' };
const addresses = [
  ...readFileSync(join(repository, 'programs/breakwater/src/seeds.rs'), 'utf8').matchAll(
    /\/\/\/ (.+): (.+)\.\npub const (\w+): &\[u8\] = b"(\w+)";/g,
  ),
].map(([, title, words, constant, seed]) => ({
  title,
  name: constant.toLowerCase().replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase()),
  seed,
  parts: [...words.matchAll(/([a-z ]+?)(?: \(([^)]*)\))?(?:, |$)/g)].map(([, part, note = '']) => ({
    name: part.trim().replaceAll(/ (\w)/g, (_, letter) => letter.toUpperCase()),
    integer: integers[note.split(/\W/)[0]],
    big: note.startsWith('u64'),
  })),
}));
const used = Object.values(integers).filter((encoder) =>
  addresses.some(({ parts }) => parts.some(({ integer }) => integer === encoder)),
);
writeFileSync(
  join(generated, 'addresses.ts'),
  `${header}import {
  getAddressEncoder,
  getProgramDerivedAddress,
${used.map((encoder) => `  ${encoder},`).join('\n')}
  type Address,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { BREAKWATER_PROGRAM_ADDRESS } from './programs';

const derive = async (...seeds: (string | ReadonlyUint8Array)[]): Promise<Address> => {
  const [address] = await getProgramDerivedAddress({ programAddress: BREAKWATER_PROGRAM_ADDRESS, seeds });
  return address;
};
${addresses
  .map(({ title, name, seed, parts }) => {
    const parameters = parts.map(
      (part) => `${part.name}: ${part.integer ? (part.big ? 'bigint' : 'number') : 'Address'}`,
    );
    const seeds = parts.map((part) => `${part.integer ?? 'getAddressEncoder'}().encode(${part.name})`);
    return `\n/** ${title}. */\nexport const ${name}Address = (${parameters.join(', ')}): Promise<Address> =>\n  derive('${seed}', ${seeds.join(', ')});\n`;
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
