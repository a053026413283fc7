// Runs a suite in a VS Code that is a page: opens it in headless Chromium, prints what the suite says, takes screenshots.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { format } from 'node:util';
import { putInPlace } from './install.mjs';

/** From the start of a host to the end of its suite; installation is not counted. */
const TIME_LIMIT = Number(process.env.TERMLINT_HOST_SECONDS ?? 240) * 1000;
/** Where the screenshots go; without it none are taken. */
const SCREENSHOTS = process.env.TERMLINT_SCREENSHOTS;
/** What VS Code for the Web says of itself, over and over. */
const NOISE =
  /^(Ignoring fetching|Updating) additional builtin extensions|^(ENOPRO: |Unable to read file ).*'vscode-test-web:/;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'];
const ON_PATH = ['chromium', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium-browser'];

/**
 * Opens a VS Code that runs a suite, and prints the suite's output.
 * The suite talks through its console: `::suite::` begins what is worth printing, `::screenshot NAME::` asks for a picture,
 * which is complete as soon as `NAME.png` exists.
 * @param {import('./install.mjs').Hosts} hosts
 * @param {string} address
 * @param {Promise<never>} serverFailure rejects when the server behind the address ends too early
 * @returns {Promise<number>} the suite's exit code, 0 when all passed
 */
export async function runSuiteAt(hosts, address, serverFailure) {
  const transcript = new Transcript();
  const browser = await launchChromium(hosts);
  const page = await browser.newPage();
  try {
    const { ending } = await listen(page, transcript);
    await page.goto(address, { timeout: TIME_LIMIT, waitUntil: 'commit' });
    const code = await withinTimeLimit(Promise.race([ending, serverFailure]));
    if (code !== 0) await screenshot(page, 'failed');
    if (!transcript.begun) transcript.dump('VS Code ended before the suite began');
    return code;
  } catch (error) {
    await screenshot(page, 'failed');
    transcript.dump(error.message);
    return 1;
  } finally {
    await Promise.race([browser.close(), afterwards(10_000)]);
  }
}

/** Every line that came from VS Code; those of the suite are printed as they come. */
class Transcript {
  lines = [];
  begun = false;

  add(line) {
    if (NOISE.test(line)) return;
    this.lines.push(line);
    if (this.begun) console.log(line);
    if (line === '::suite::') this.begun = true;
  }

  /** Says what went wrong, and what VS Code said last. */
  dump(reason) {
    console.log(`${reason}. The last lines of VS Code:`);
    for (const line of this.lines.slice(-40)) console.log(`  | ${line.slice(0, 2000)}`);
    if (SCREENSHOTS) console.log(`What it looked like: ${join(SCREENSHOTS, 'failed.png')}`);
  }
}

/** VS Code calls these two functions when they are there before it loads. `ending` tells the exit code of the suite. */
async function listen(page, transcript) {
  await page.exposeFunction('codeAutomationLog', async (_type, words) => {
    const line = format(...words);
    const [, name] = /^::screenshot ([\w-]+)::$/.exec(line) ?? [];
    if (name) await screenshot(page, name);
    else transcript.add(line);
  });
  const ended = new Promise((resolve) => page.once('suite-ended', resolve));
  const crashed = new Promise((_, reject) =>
    page.once('crash', () => reject(new Error('The page of VS Code crashed'))),
  );
  await page.exposeFunction('codeAutomationExit', (code) => page.emit('suite-ended', code));
  return { ending: Promise.race([ended, crashed]) };
}

/** The picture gets its name when it is complete: the suite waits for the file to exist. */
async function screenshot(page, name) {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  const file = join(SCREENSHOTS, `${name}.png`);
  try {
    await page.screenshot({ path: `${file}.part.png`, timeout: 10_000 });
    renameSync(`${file}.part.png`, file);
  } catch (error) {
    console.log(`No screenshot "${name}": ${error.message}`);
  }
}

function withinTimeLimit(promise) {
  const seconds = TIME_LIMIT / 1000;
  const late = afterwards(TIME_LIMIT).then(() => {
    throw new Error(`The suite did not end within ${seconds} s`);
  });
  return Promise.race([promise, late]);
}

function afterwards(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

/** The first Chromium that starts: the one asked for, the system's, the one the hosts carry, Playwright's own. */
async function launchChromium(hosts) {
  const { chromium } = hosts.require('playwright-core');
  const complaints = [];
  for await (const { executablePath, env } of candidates(hosts)) {
    try {
      return await chromium.launchPersistentContext(newProfile(), {
        executablePath,
        env: { ...process.env, ...env },
        args: FLAGS,
        viewport: { width: 1400, height: 900 },
        permissions: ['clipboard-read', 'clipboard-write'],
      });
    } catch (error) {
      complaints.push(
        `${executablePath ?? "Playwright's own"}: ${error.message.trim().split('\n').slice(0, 6).join(' ')}`,
      );
    }
  }
  const advice = 'Install Chromium, name one in TERMLINT_CHROMIUM, or run "npx playwright-core install chromium"';
  throw new Error(`No Chromium starts here. ${advice}.\n${complaints.join('\n')}`);
}

/** Allows what is stored for frames of other origins: web views need it, and some builds, such as Debian's, refuse. */
function newProfile() {
  const profile = mkdtempSync(join(tmpdir(), 'termlint-chromium-'));
  process.on('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0 } }));
  return profile;
}

async function* candidates(hosts) {
  if (process.env.TERMLINT_CHROMIUM) yield { executablePath: process.env.TERMLINT_CHROMIUM };
  for (const executablePath of systemBrowsers()) yield { executablePath };
  if (process.platform === 'linux' && process.arch === 'x64') yield* carriedChromium(hosts);
  yield {};
}

function systemBrowsers() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
  return [...found, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].filter(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** First with the system's libraries, which it is safer with, then with those that it brings. */
async function* carriedChromium(hosts) {
  const folder = join(hosts.folder, 'chromium');
  if (!existsSync(folder)) await unpackChromium(hosts, folder);
  const executablePath = join(folder, 'chromium');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
  yield { executablePath, env: fonts };
  yield { executablePath, env: { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023/lib') } };
}

/** `@sparticuz/chromium` unpacks into the folder for temporary files, and its libraries only where it sees Amazon's Linux. */
async function unpackChromium(hosts, folder) {
  const draft = mkdtempSync(`${folder}.`);
  const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const args = ['--input-type=module', '-e', `await (await import('@sparticuz/chromium')).default.executablePath()`];
  const child = spawn(process.execPath, args, { cwd: hosts.folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0) throw new Error(`@sparticuz/chromium cannot be unpacked (code ${code})`);
  const fonts = `<dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir>`;
  writeFileSync(join(draft, 'fonts/fonts.conf'), `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>\n`);
  putInPlace(draft, folder);
}
