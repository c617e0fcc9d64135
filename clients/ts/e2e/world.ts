// An assembly, a pool and its products, as their founder creates them.
import type { Address, KeyPairSigner } from '@solana/kit';
import { TOKEN_PROGRAM_ADDRESS } from '@solana-program/token';
import {
  assemblyAddress,
  DAY,
  fetchAssembly,
  fetchPool,
  fetchProduct,
  getCreateAssemblyInstructionAsync,
  getCreatePoolInstructionAsync,
  getListProductInstruction,
  poolAddress,
  productAddress,
} from '../src';
import { NOBODY, type Network } from './network';

/** An atom is a millionth of a token. */
export const TOKEN = 1_000_000n;

export type ProductTerms = { readonly name: string; readonly riskKind: number; readonly group: number };

export class World {
  private constructor(
    readonly network: Network,
    readonly founder: KeyPairSigner,
    readonly asset: Address,
    readonly governance: Address,
    readonly assemblyAddress: Address,
    readonly poolAddress: Address,
  ) {}

  static async found(network: Network): Promise<World> {
    const founder = await network.somebody();
    const asset = await network.createMint(founder, 6);
    const governance = await network.createMint(founder, 6);
    const assembly = await assemblyAddress(governance, founder.address);
    const authority = founder.address;
    const createAssembly = await getCreateAssemblyInstructionAsync({
      creator: founder,
      governanceMint: governance,
      authority,
      votingPeriod: 3n * DAY,
      minStakeAge: DAY,
      unstakeDelay: 40n * DAY,
      quorumBps: 2_000,
      thresholdBps: 5_000,
      overturnSlashBps: 500,
    });
    const createPool = await getCreatePoolInstructionAsync({
      creator: founder,
      assembly,
      assetMint: asset,
      tokenProgram: TOKEN_PROGRAM_ADDRESS,
      id: 0n,
      authority,
      guardian: authority,
      arbiter: authority,
      treasury: authority,
      minPremium: 1_000n,
      voteReward: 20n * TOKEN,
      timelock: 9n * DAY,
      exitDelayDays: 7,
      leverageBps: 20_000,
      protocolFeeBps: 500,
      assessorFeeBps: 500,
      cancelFeeBps: 500,
      groupCapsBps: Array<number>(16).fill(20_000),
    });
    await network.send(founder, [createAssembly]);
    await network.send(founder, [createPool]);
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

  async list(index: number, { name, riskKind, group }: ProductTerms): Promise<Address> {
    const product = await productAddress(this.poolAddress, index);
    const slug = name.toLowerCase().replaceAll(' ', '-');
    const listing = getListProductInstruction({
      authority: this.founder,
      payer: this.founder,
      pool: this.poolAddress,
      product,
      name,
      termsUri: `https://example.org/terms/${slug}`,
      termsHash: await sha256(slug),
      riskKind,
      trigger: 0,
      triggerSource: NOBODY,
      price: { strike: 0n, floor: 0n, exponent: 0, maxAge: 0, minDuration: 0, maxGap: 0 },
      draws: { period: 0n, limitBps: 0 },
      group,
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
    });
    await this.network.send(this.founder, [listing]);
    return product;
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
