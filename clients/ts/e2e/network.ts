// A local network with the program: where it is, tokens for everybody, and time that passes on demand.
import {
  airdropFactory,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  generateKeyPairSigner,
  lamports,
  type Address,
  type Instruction,
  type KeyPairSigner,
  type ReadonlyUint8Array,
  type TransactionSigner,
} from '@solana/kit';
import { getCreateAccountInstruction } from '@solana-program/system';
import {
  fetchToken,
  getInitializeMint2Instruction,
  getMintSize,
  getMintToInstruction,
  TOKEN_PROGRAM_ADDRESS,
} from '@solana-program/token';
import {
  fetchNow,
  fetchTokenProgram,
  openTokenAccount,
  send,
  tokenAddress,
  type Connection,
  type Receipt,
} from '../src';

const RPC = process.env['BREAKWATER_RPC'] ?? 'http://127.0.0.1:8899';
const WEBSOCKET = process.env['BREAKWATER_WS'] ?? 'ws://127.0.0.1:8900';
const SOL = 1_000_000_000n;
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The token program of a new mint, the instructions for its extensions, and the bytes of it all. */
export type MintProgram = {
  readonly program: Address;
  readonly extensions: (mint: Address) => readonly Instruction[];
  readonly space: number;
};

const PLAIN: MintProgram = { program: TOKEN_PROGRAM_ADDRESS, extensions: () => [], space: getMintSize() };

export class Network {
  readonly rpc = createSolanaRpc(RPC);
  readonly rpcSubscriptions = createSolanaRpcSubscriptions(WEBSOCKET);
  readonly connection: Connection = { rpc: this.rpc, rpcSubscriptions: this.rpcSubscriptions };
  readonly #airdrop = airdropFactory({ rpc: this.rpc, rpcSubscriptions: this.rpcSubscriptions });

  /** Somebody new with lamports. */
  async somebody(): Promise<KeyPairSigner> {
    const signer = await generateKeyPairSigner();
    await this.#airdrop({ commitment: 'confirmed', lamports: lamports(10n * SOL), recipientAddress: signer.address });
    return signer;
  }

  send(payer: TransactionSigner, instructions: readonly Instruction[]): Promise<Receipt> {
    return send(this.connection, payer, instructions);
  }

  now(): Promise<bigint> {
    return fetchNow(this.rpc);
  }

  /** Lets time pass; it goes forward only. */
  async pass(seconds: bigint): Promise<void> {
    const target = (await this.now()) + seconds;
    const asked = this.#call('surfnet_timeTravel', [{ absoluteTimestamp: Number(target) * 1_000 }]);
    // A busy network takes the order and says that it failed, because it could not follow it within two seconds.
    const refused = await asked.then(() => undefined).catch((error: unknown) => error);
    const deadline = Date.now() + 10_000;
    while ((await this.now()) < target) {
      if (Date.now() > deadline) throw new Error('time did not pass', { cause: refused });
      await later(50);
    }
  }

  /** Lets time pass until `time` is over. */
  async passTo(time: bigint): Promise<void> {
    const now = await this.now();
    if (now <= time) await this.pass(time + 1n - now);
  }

  /** Lets the chain's clock stand still until {@link goOn}. */
  async standStill(): Promise<void> {
    await this.#call('surfnet_pauseClock', []);
    // Ticks that wait in line still come.
    const slot = () => this.rpc.getSlot({ commitment: 'processed' }).send();
    for (let before = await slot(), after; ; before = after) {
      await later(1_000);
      after = await slot();
      if (after === before) return;
    }
  }

  /** Lets the clock go on after {@link standStill}. */
  async goOn(): Promise<void> {
    await this.#call('surfnet_resumeClock', []);
  }

  /** Writes an account as its owner, another program, would have. */
  async write(at: Address, owner: Address, data: ReadonlyUint8Array): Promise<void> {
    const account = { lamports: Number(SOL), owner, data: Buffer.from(data).toString('hex') };
    await this.#call('surfnet_setAccount', [at, account]);
  }

  /** Creates a mint of SPL Token, or of another token program with `extensions`. */
  async createMint(
    authority: KeyPairSigner,
    decimals: number,
    { program, extensions, space }: MintProgram = PLAIN,
  ): Promise<Address> {
    const mint = await generateKeyPairSigner();
    const rent = await this.rpc.getMinimumBalanceForRentExemption(BigInt(space)).send();
    await this.send(authority, [
      getCreateAccountInstruction({
        payer: authority,
        newAccount: mint,
        lamports: rent,
        space,
        programAddress: program,
      }),
      ...extensions(mint.address),
      getInitializeMint2Instruction(
        { mint: mint.address, decimals, mintAuthority: authority.address },
        { programAddress: program },
      ),
    ]);
    return mint.address;
  }

  /** Mints tokens to somebody. */
  async give(authority: KeyPairSigner, mint: Address, owner: Address, amount: bigint): Promise<void> {
    const programAddress = await fetchTokenProgram(this.rpc, mint);
    const account = await openTokenAccount(authority, owner, mint, programAddress);
    const gift = getMintToInstruction(
      { mint, token: account.address, mintAuthority: authority, amount },
      { programAddress },
    );
    await this.send(authority, [account.instruction, gift]);
  }

  /** Tokens of somebody, atoms. */
  async balance(owner: Address, mint: Address): Promise<bigint> {
    return this.balanceOf(await tokenAddress(owner, mint, await fetchTokenProgram(this.rpc, mint)));
  }

  /** Tokens of a token account, atoms. */
  async balanceOf(account: Address): Promise<bigint> {
    const token = await fetchToken(this.rpc, account, { commitment: 'confirmed' });
    return token.data.amount;
  }

  async #call(method: string, params: readonly unknown[]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(RPC, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answer = (await response.json()) as {
      readonly result?: unknown;
      readonly error?: { readonly message: string };
    };
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }
}
