// What a story in the browser needs: a pool, a page whose wallet is known, and ways to move about.
import * as client from '@breakwater/client';
import { createKeyPairSignerFromPrivateKeyBytes, lamports, type Address, type KeyPairSigner } from '@solana/kit';
import type { Page } from 'playwright-core';
import { Network } from '../../clients/ts/e2e/network';
import { evidence, TOKEN, World, type ProductTerms } from '../../clients/ts/e2e/world';
import { DESKTOP, Site, type Look } from './site';

const SOL = 1_000_000_000n;

export const FILE = { name: 'evidence.txt', mimeType: 'text/plain', buffer: Buffer.from('what happened') };
export const LINK = 'https://example.org/evidence';
export const PRODUCTS: readonly ProductTerms[] = [
  { name: 'Lending exploit', riskKind: client.RiskKind.Exploit, group: 0 },
  { name: 'Stablecoin depeg', riskKind: client.RiskKind.Depeg, group: 1 },
];

/** A wallet of the page whose key a story has too. */
export type Burner = { readonly signer: KeyPairSigner; readonly secret: string };

export async function makeBurner(network: Network): Promise<Burner> {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const signer = await createKeyPairSignerFromPrivateKeyBytes(bytes);
  await network.rpc.requestAirdrop(signer.address, lamports(100n * SOL), { commitment: 'confirmed' }).send();
  return { signer, secret: Buffer.from(bytes).toString('hex') };
}

/** A visit by somebody who has connected the burner before. */
export const visitAs = (site: Site, { signer, secret }: Burner, look: Look = DESKTOP): Promise<Page> =>
  site.visit(look, (context) =>
    context.addInitScript(
      ({ key, wallet }) => {
        localStorage.setItem('breakwater.burner', key);
        if (localStorage.getItem('breakwater.wallet') === null) localStorage.setItem('breakwater.wallet', wallet);
      },
      { key: secret, wallet: `Burner (local network only):${signer.address}` },
    ),
  );

export class Stage {
  private constructor(
    readonly network: Network,
    readonly world: World,
    readonly site: Site,
    readonly burner: Burner,
    readonly page: Page,
    /** An LP who is not in the page. */
    readonly lp: KeyPairSigner,
  ) {}

  /** A pool with products and capital, and a burner with tokens and as many votes. */
  static async open({
    products = PRODUCTS,
    unopened = false,
    look = DESKTOP,
    ...terms
  }: NonNullable<Parameters<typeof World.found>[1]> & {
    products?: readonly ProductTerms[];
    /** Before the pool is announced open. */
    unopened?: boolean;
    look?: Look;
  } = {}): Promise<Stage> {
    const network = new Network();
    const world = await World.found(network, terms);
    for (const [index, terms] of products.entries()) await world.list(index, terms);
    const lp = await world.somebody(100_000n);
    await world.deposit(lp, 100_000n);
    await (unopened ? world.seatCourt() : world.open());
    const burner = await makeBurner(network);
    await network.give(world.founder, world.asset, burner.signer.address, 10_000n * TOKEN);
    await network.give(world.founder, world.governance, burner.signer.address, 10_000n * TOKEN);
    const site = await Site.open();
    return new Stage(network, world, site, burner, await visitAs(site, burner, look), lp);
  }

  get main() {
    return this.page.getByRole('main');
  }

  button(name: string | RegExp) {
    return this.main.getByRole('button', { name });
  }

  /** Goes to a page of the pool and reads all of it anew: time may have passed. */
  async go(path: '' | '/cover' | '/provide' | '/claims' | '/votes', page = this.page): Promise<void> {
    const loaded = page.url().startsWith(this.site.url);
    await this.site.go(page, `/pool/${this.world.poolAddress}${path}`);
    if (loaded) await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Pool' }).waitFor();
  }

  /** Lets a season pass: then what was deposited carries cover. */
  async passSeason(): Promise<void> {
    const { network, world } = this;
    const { seasonDays } = (await world.pool()).data;
    await network.passTo(client.startOf(client.dayOf(await network.now()) + BigInt(seasonDays) + 1n));
  }

  /** Cover on a product, bought for somebody by somebody who is not in the page. */
  async cover(holder: client.Policy['holder'], tokens: bigint, index = 0): Promise<client.Found<client.Policy>> {
    const product = await client.productAddress(this.world.poolAddress, index);
    const id = BigInt(Date.now());
    const buyer = await this.world.somebody(5_000n);
    const court = this.world.assemblyAddress;
    const bounds = { maxPremium: 1_000n * TOKEN, terms: 0n, court };
    const purchase = { id, amount: tokens * TOKEN, termDays: 90, ...bounds, holder };
    await this.network.send(buyer, await client.buyCover(await this.world.pool(), product, buyer, purchase));
    const found = await client.listPolicies(this.network.rpc, { holder, pool: this.world.poolAddress });
    return found.find(({ data }) => data.payer === buyer.address)!;
  }

  /** Stakes the burner's votes; they count once a day has passed. */
  async stake(): Promise<void> {
    const { signer } = this.burner;
    await this.network.send(signer, await client.stake(await this.world.assembly(), signer, 500n * TOKEN));
  }

  /** Somebody who is not in the page reports an event of an hour ago. */
  async report(by: KeyPairSigner, index = 0): Promise<client.Found<client.Incident>> {
    const product = await this.world.product(index);
    const report = { occurredAt: (await this.network.now()) - 3_600n, ...(await evidence('exploit')) };
    await this.network.send(by, await client.openIncident(await this.world.pool(), product, by, report));
    return this.world.incident(await client.incidentAddress(product.address, product.data.incidentCount));
  }

  /** Somebody who is not in the page claims a loss of whole tokens. */
  async claim(by: KeyPairSigner, incident: Address, policy: Address, loss: bigint): Promise<void> {
    const request = { loss: loss * TOKEN, ...(await evidence('loss')) };
    await this.network.send(by, await client.submitClaim(await this.world.pool(), incident, policy, by, request));
  }

  /** The burner's votes decide an incident's ballot, and its outcome becomes final. */
  async decide({ data: { ballot } }: client.Found<client.Incident>, level: number): Promise<void> {
    const { rpc } = this.network;
    const { signer } = this.burner;
    const found = await client.fetchBallot(rpc, ballot, { commitment: 'confirmed' });
    await this.network.send(signer, await client.vote(found, signer, level));
    await this.network.send(signer, client.closeBallot(ballot, signer.address));
    await this.network.passTo((await client.fetchBallot(rpc, ballot, { commitment: 'confirmed' })).data.finalAt);
  }

  async close(): Promise<void> {
    await this.site.close();
    this.site.check();
  }
}
