// An assembly, a pool and its products, as their founder creates them.
import type { Address, KeyPairSigner } from '@solana/kit';
import {
  assemblyAddress,
  createAssembly,
  createPool,
  DAY,
  decideIncident,
  deposit,
  endFiling,
  eventOf,
  fetchAssembly,
  fetchIncident,
  fetchPool,
  fetchProduct,
  listProduct,
  NOBODY,
  openPool,
  poolAddress,
  productAddress,
  seenOf,
  settleIncident,
  stake,
  Trigger,
  type Found,
  type Incident,
  type IncidentSettledEvent,
  type Product,
  type ProductParams,
  type Receipt,
  type ShareTexts,
} from '../src';
import type { Network } from './network';

/** An atom is a millionth of a token. */
export const TOKEN = 1_000_000n;

/** What is particular about a product. */
export type ProductTerms = Pick<ProductParams, 'name' | 'riskKind' | 'group'> & Partial<ProductParams>;

/** What wallets show of the shares. */
export const WORDS: ShareTexts = { name: 'Story shares', symbol: 'STORY', uri: 'https://example.org/story.json' };

/** What is particular about a pool. */
type PoolTerms = {
  /** Founds it and has all its roles; somebody new by default. */
  readonly founder?: KeyPairSigner;
  /** Creates the mint of the asset; one of SPL Token by default. */
  readonly createAsset?: (founder: KeyPairSigner) => Promise<Address>;
  /** Whether the shares are a mint of SPL Token, which shows no words. */
  readonly plainShares?: boolean;
  /** Most active cover, bps of free capital; twice by default. */
  readonly leverageBps?: number;
};

export class World {
  private constructor(
    readonly network: Network,
    readonly founder: KeyPairSigner,
    readonly asset: Address,
    readonly governance: Address,
    readonly assemblyAddress: Address,
    readonly poolAddress: Address,
  ) {}

  /** Founds a pool, which is not open yet. */
  static async found(
    network: Network,
    { founder: known, createAsset, plainShares = false, leverageBps = 20_000 }: PoolTerms = {},
  ): Promise<World> {
    const founder = known ?? (await network.somebody());
    const asset = await (createAsset ? createAsset(founder) : network.createMint(founder, 6));
    const governance = await network.createMint(founder, 6);
    const assembly = await assemblyAddress(governance, founder.address);
    const authority = founder.address;
    const { rpc } = network;
    const assemble = await createAssembly(rpc, founder, {
      governanceMint: governance,
      votingPeriod: 3n * DAY,
      minStakeAge: DAY,
      unstakeDelay: 60n * DAY,
      quorumBps: 2_000,
      thresholdBps: 5_000,
      overturnSlashBps: 500,
    });
    const create = await createPool(rpc, founder, {
      assembly,
      assetMint: asset,
      id: 0n,
      authority,
      guardian: authority,
      arbiter: authority,
      treasury: authority,
      minPremium: 1_000n,
      voteReward: 20n * TOKEN,
      assessorsLimit: 1_000_000n * TOKEN,
      timelock: 9n * DAY,
      stakeFloor: TOKEN,
      coverPerStake: 0n,
      exitDelayDays: 7,
      seasonDays: 1,
      leverageBps,
      protocolFeeBps: 500,
      assessorFeeBps: 500,
      cancelFeeBps: 500,
      groupCapsBps: Array<number>(16).fill(leverageBps),
      ...(!plainShares && { words: WORDS }),
    });
    await network.send(founder, assemble);
    await network.send(founder, create);
    return new World(network, founder, asset, governance, assembly, await poolAddress(founder.address, 0n));
  }

  pool() {
    return fetchPool(this.network.rpc, this.poolAddress, { commitment: 'confirmed' });
  }

  assembly() {
    return fetchAssembly(this.network.rpc, this.assemblyAddress, { commitment: 'confirmed' });
  }

  async product(index: number) {
    const address = await productAddress(this.poolAddress, index);
    return fetchProduct(this.network.rpc, address, { commitment: 'confirmed' });
  }

  async list(index: number, { name, ...others }: ProductTerms): Promise<Address> {
    const slug = name.toLowerCase().replaceAll(' ', '-');
    const listing = await listProduct(await this.pool(), this.founder, {
      name,
      termsUri: `https://example.org/terms/${slug}`,
      termsHash: await sha256(slug),
      trigger: Trigger.Jury,
      triggerSource: NOBODY,
      price: { strike: 0n, floor: 0n, exponent: 0, maxAge: 0, minDuration: 0, maxGap: 0 },
      draws: { period: 0n, limitBps: 0 },
      weightBps: 10_000,
      r0Ppm: 20_000,
      r1Ppm: 50_000,
      r2Ppm: 200_000,
      kinkBps: 8_000,
      minTermDays: 1,
      maxTermDays: 365,
      waitingDays: 1,
      graceDays: 30,
      deductibleBps: 500,
      reportWindowDays: 30,
      filingWindowDays: 14,
      claimBondBps: 100,
      disputeWindow: 3n * DAY,
      appealWindow: 2n * DAY,
      minAmount: TOKEN,
      maxAmount: 100_000_000n * TOKEN,
      incidentBond: 500n * TOKEN,
      ...others,
    });
    await this.network.send(this.founder, listing);
    return productAddress(this.poolAddress, index);
  }

  /** The founder stakes as much as the court must have for cover to be sold. */
  async seatCourt(): Promise<void> {
    await this.network.give(this.founder, this.governance, this.founder.address, TOKEN);
    await this.network.send(this.founder, await stake(await this.assembly(), this.founder, TOKEN));
  }

  /** Announces the pool open, with a court, and lets time pass until it sells cover. */
  async open(): Promise<void> {
    await this.seatCourt();
    await this.network.send(this.founder, openPool(this.poolAddress, this.founder));
    await this.network.passTo((await this.pool()).data.sellsFrom);
  }

  /** Somebody deposits whole tokens, on the terms and beside the liens that they see. */
  async deposit(owner: KeyPairSigner, tokens: bigint): Promise<Receipt> {
    const pool = await this.pool();
    const args = { amount: tokens * TOKEN, minShares: 0n, seen: seenOf(pool.data) };
    return this.network.send(owner, await deposit(pool, owner, args));
  }

  /** The incident at an address. */
  incident(address: Address) {
    return fetchIncident(this.network.rpc, address, { commitment: 'confirmed' });
  }

  /** Reads the verdict on an incident of `product`. */
  async decide(address: Address): Promise<Found<Incident>> {
    const read = decideIncident(await this.pool(), await this.incident(address), this.founder.address);
    await this.network.send(this.founder, read);
    return this.incident(address);
  }

  /** Waits for the filing of an accepted incident to be over, and ends it. */
  async endFiling(address: Address): Promise<void> {
    const incident = await this.incident(address);
    await this.network.passTo(incident.data.filingEndsAt);
    await this.network.send(this.founder, endFiling(incident, this.founder.address));
  }

  /** Settles a decided incident, once disputes are over, or rejects it. */
  async settle(product: Found<Product>, address: Address): Promise<IncidentSettledEvent> {
    const incident = await this.incident(address);
    await this.network.passTo(incident.data.disputesEndAt);
    const settle = await settleIncident(await this.pool(), product, incident, this.founder.address);
    return eventOf((await this.network.send(this.founder, settle)).events, 'incidentSettled');
  }

  /** Somebody new with lamports and `tokens` whole tokens of the asset. */
  async somebody(tokens: bigint): Promise<KeyPairSigner> {
    const signer = await this.network.somebody();
    if (tokens > 0n) await this.network.give(this.founder, this.asset, signer.address, tokens * TOKEN);
    return signer;
  }
}

/** Evidence of something: the hash of its name, and an address where it could be. */
export const evidence = async (name: string) => ({
  evidenceHash: await sha256(name),
  evidenceUri: `https://example.org/evidence/${name}`,
});

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
