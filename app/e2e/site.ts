// The built site in Chromium, beside a local network.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { expect } from 'vitest';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const SHOTS = join(FOLDER, '../.artifacts/app');
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

export const ENDPOINT = {
  rpc: process.env['BREAKWATER_RPC'] ?? 'http://127.0.0.1:8899',
  websocket: process.env['BREAKWATER_WS'] ?? 'ws://127.0.0.1:8900',
};

export type Look = { readonly width: number; readonly height: number; readonly scheme: 'light' | 'dark' };
export const DESKTOP: Look = { width: 1280, height: 900, scheme: 'light' };
export const PHONE: Look = { width: 390, height: 844, scheme: 'dark' };

export class Site {
  /** What the pages asked for, by origin. */
  readonly origins = new Set<string>();
  /** What the browser complained about. */
  readonly complaints: string[] = [];
  /** Compressed bytes of the scripts loaded so far. */
  scriptBytes = 0;

  private constructor(
    private readonly server: PreviewServer,
    private readonly browser: Browser,
    readonly url: string,
  ) {}

  static async open(): Promise<Site> {
    mkdirSync(SHOTS, { recursive: true });
    const server = await preview({ root: FOLDER, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
    const url = server.resolvedUrls?.local[0];
    if (!url) throw new Error('the site has no address');
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    // In a container Chromium's own sandbox has no user namespaces.
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    return new Site(server, browser, url);
  }

  /** Nothing was asked of anybody but the site and the RPC, and nothing broke the policy. */
  check(): void {
    const allowed = [new URL(this.url).origin, new URL(ENDPOINT.rpc).origin];
    expect([...this.origins].filter((origin) => !allowed.includes(origin))).toEqual([]);
    expect(this.complaints).toEqual([]);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }

  async visit({ width, height, scheme }: Look, prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    await context.addInitScript((endpoint) => {
      if (localStorage.getItem('breakwater.endpoint') === null) localStorage.setItem('breakwater.endpoint', endpoint);
    }, JSON.stringify(ENDPOINT));
    await prepare?.(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) this.origins.add(new URL(request.url()).origin);
    });
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      // A script that the browser had already has no body.
      void response.body().then(
        (body) => (this.scriptBytes += gzipSync(body).length),
        () => undefined,
      );
    });
    return page;
  }

  go(page: Page, path: string) {
    return page.goto(`${this.url}#${path}`);
  }
}

/** Looks at the page: a picture to keep, and no serious finding of axe. */
export async function inspect(page: Page, name: string): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  // A dialog shades what is on the screen, and no more.
  const fullPage = (await page.getByRole('dialog').count()) === 0;
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage });
  await page.evaluate(AXE);
  const serious = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } };
    type Violation = { id: string; impact: string; nodes: { html: string }[] };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  expect(serious, name).toEqual([]);
}

/** Reviews what is asked, signs it, and waits until it is done. */
export async function sign(page: Page, title: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByRole('button', { name: 'Sign and send' }).waitFor();
  const words = (await dialog.getByRole('list').innerText()).trim();
  await dialog.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText(`${title}: done`, { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
  await dialog.waitFor({ state: 'detached' });
  return words;
}
