/**
 * Sets up the native TensorFlow kernel: `npm run setup:native`.
 *
 * tfjs-node's own installer fetches libtensorflow from a host that many networks do not reach, and npm
 * then drops the package. This takes the library from the `tensorflow-cpu` wheel instead, which pip gets
 * from wherever pip is configured to look: the wheel's C++ library exports the C API as well. The node
 * addon is compiled here, against the wheel's headers.
 *
 * What is fetched is pinned by digest. The two libraries (850 MB) and the addon stay in the user's cache
 * and are linked from node_modules, so that a later run, after the next `npm ci`, costs seconds. Running
 * it twice does nothing twice. Linux on x86-64 only; needs Python with pip, and a C++ compiler the first
 * time. It does not touch package.json or the lock file.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const tensorflow = '2.21.0';
const wheel = {
  // Only the libraries inside are used: the Python version in the name need not be the user's.
  tags: ['--implementation=cp', '--python-version=3.11', '--abi=cp311'],
  platform: 'manylinux_2_27_x86_64',
  file: `tensorflow_cpu-${tensorflow}-cp311-cp311-manylinux_2_27_x86_64.whl`,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};
const libraries = [
  {
    file: 'libtensorflow_cc.so.2',
    sha256: '6505a4b9657e62100c6bdacb683957a395cb047725042945aaa50e40a71e429e',
    // The linker asks for the first, the wheel's library calls itself by the last.
    links: ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow_cc.so.2'],
  },
  {
    file: 'libtensorflow_framework.so.2',
    sha256: 'f060b323b26ef80add21b9df9428de3aeaf2843d772c5bb098745f7abff3709b',
    links: ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
  },
];
/** Folders under tensorflow/include that the addon's sources reach. */
const headers = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/'];

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const name = '@tensorflow/tfjs-node';
const installed = join(root, 'node_modules', name);

class SetupError extends Error {}

function say(text) {
  console.log(`setup:native: ${text}`);
}

/** Runs a command to its end; its output is shown only if it fails. */
function run(command, args, { cwd = root, hint = '' } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    // npm would otherwise hand its own run-script settings down to the commands it runs here.
    env: { ...process.env, npm_config_ignore_scripts: '' },
  });
  if (status === 0) return stdout;
  const lines = `${stdout}${stderr}`.trim().split('\n');
  const errors = lines.filter((line) => /\berror:/i.test(line)).slice(0, 5);
  const told = error?.message ?? [...errors, ...lines.slice(-10)].join('\n');
  throw new SetupError(`${command} ${args.slice(0, 3).join(' ')} failed${hint}\n${told}`);
}

function digest(path) {
  return new Promise((done, fail) => {
    const hash = createHash('sha256');
    createReadStream(path, { highWaterMark: 2 ** 20 })
      .on('data', (chunk) => hash.update(chunk))
      .on('error', fail)
      .on('end', () => done(hash.digest('hex')));
  });
}

async function holds(path, sha256) {
  return existsSync(path) && (await digest(path)) === sha256;
}

/** Computes something in a process of its own: a broken library must not take this one down. */
function probe() {
  const program = `
    // Node 23 removed what tfjs-node 4.22 calls for every operation; the kernel supplies it as well.
    require('util').isNullOrUndefined ??= (value) => value === null || value === undefined;
    const tf = require('${name}');
    const sum = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync().join());
    if (tf.getBackend() !== 'tensorflow' || sum !== '3,3,3,3') throw new Error(tf.getBackend());
    console.log(tf.backend().binding.TF_Version);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  return status === 0 ? { version: stdout.trim() } : { error: stderr.trim() };
}

function lockedVersion() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const entry = lock.packages[`node_modules/${name}`];
  if (entry === undefined) throw new SetupError(`package-lock.json does not list ${name}`);
  return entry.version;
}

function hasVersion(version) {
  const file = join(installed, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
}

function findPython() {
  for (const python of ['python3', 'python']) {
    if (spawnSync(python, ['-m', 'pip', '--version']).status === 0) return python;
  }
  throw new SetupError('needs Python with pip, to fetch the tensorflow-cpu wheel: none was found');
}

/** Fetches the wheel into `folder` and checks it. */
async function fetchWheel(python, folder) {
  say(`fetching tensorflow-cpu ${tensorflow} (274 MB) with pip`);
  run(python, [
    ...['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:'],
    ...[...wheel.tags, `--platform=${wheel.platform}`, `--dest=${folder}`],
    `tensorflow-cpu==${tensorflow}`,
  ]);
  const file = join(folder, wheel.file);
  if (!(await holds(file, wheel.sha256))) {
    throw new SetupError(`${wheel.file} does not have the digest ${wheel.sha256}`);
  }
  return file;
}

/** Unpacks the wheel's entries below the given prefixes into `folder`, paths kept. */
function unpack(python, file, prefixes, folder) {
  const program = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
wanted = tuple(sys.argv[3:])
archive.extractall(sys.argv[2], [n for n in archive.namelist() if n.startswith(wanted)])`;
  run(python, ['-c', program, file, folder, ...prefixes]);
}

/** Compiles the addon in the installed package and leaves it at `target`. */
function compile(include, target) {
  say('compiling the addon');
  const deps = join(installed, 'deps');
  symlinkSync(include, join(deps, 'include'));
  const args = ['install', '--build-from-source'];
  // Distributions put Node's headers beside the executable; otherwise node-gyp fetches them.
  const prefix = resolve(dirname(process.execPath), '..');
  if (process.env.npm_config_nodedir !== undefined) {
    args.push(`--nodedir=${process.env.npm_config_nodedir}`);
  } else if (existsSync(join(prefix, 'include', 'node', 'node_api.h'))) {
    args.push(`--nodedir=${prefix}`);
  }
  run(join(root, 'node_modules', '.bin', 'node-pre-gyp'), args, {
    cwd: installed,
    hint: ' (it needs a C++ compiler, make and Python)',
  });
  copyFileSync(addonPath(), target);
  rmSync(join(deps, 'include'));
  rmSync(join(installed, 'build'), { recursive: true, force: true });
}

/** Where tfjs-node looks for its addon: one for each version of Node's stable binary interface. */
function addonPath() {
  const { binary } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const napi = Math.max(...binary.napi_versions.filter((n) => n <= Number(process.versions.napi)));
  return join(installed, 'lib', `napi-v${napi}`, 'tfjs_binding.node');
}

/** The addon is built here, so its digest is written down beside it rather than pinned. */
async function addonHolds(path) {
  const note = `${path}.sha256`;
  return existsSync(note) && (await holds(path, readFileSync(note, 'utf8').trim()));
}

async function setUp() {
  const start = performance.now();
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`supports Linux on x64, this is ${process.platform} on ${process.arch}`);
  }
  const version = lockedVersion();
  const ready = hasVersion(version) ? probe() : {};
  if (ready.version !== undefined) {
    say(`TensorFlow ${ready.version} already works`);
    return;
  }
  if (!hasVersion(version)) {
    say(`putting back ${name} ${version}, which npm drops when its installer fails`);
    run('npm', ['install', '--no-save', '--ignore-scripts', `${name}@${version}`]);
  }

  const cache = join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'plainproof',
    `tensorflow-${tensorflow}-${process.platform}-${process.arch}`,
  );
  mkdirSync(cache, { recursive: true });
  const addon = join(cache, `tfjs-node-${version}-${addonPath().split('/').at(-2)}.node`);
  const missing = [];
  for (const library of libraries) {
    if (!(await holds(join(cache, library.file), library.sha256))) missing.push(library);
  }
  const built = await addonHolds(addon);

  const work = mkdtempSync(join(cache, 'work-'));
  try {
    const python = missing.length > 0 || !built ? findPython() : '';
    const file = python === '' ? '' : await fetchWheel(python, work);
    if (missing.length > 0) {
      say(`unpacking ${missing.map((library) => library.file).join(' and ')} to ${cache}`);
      unpack(
        python,
        file,
        missing.map((library) => `tensorflow/${library.file}`),
        work,
      );
      for (const library of missing) {
        const unpacked = join(work, 'tensorflow', library.file);
        if (!(await holds(unpacked, library.sha256))) {
          throw new SetupError(`${library.file} does not have the digest ${library.sha256}`);
        }
        renameSync(unpacked, join(cache, library.file));
      }
    } else {
      say(`the libraries in ${cache} have the right digests`);
    }

    const deps = join(installed, 'deps');
    rmSync(deps, { recursive: true, force: true });
    mkdirSync(join(deps, 'lib'), { recursive: true });
    for (const { file: library, links } of libraries) {
      for (const link of links) symlinkSync(join(cache, library), join(deps, 'lib', link));
    }
    if (built) {
      mkdirSync(dirname(addonPath()), { recursive: true });
      copyFileSync(addon, addonPath());
    } else {
      unpack(
        python,
        file,
        headers.map((folder) => `tensorflow/include/${folder}`),
        work,
      );
      compile(join(work, 'tensorflow', 'include'), addon);
      writeFileSync(`${addon}.sha256`, `${await digest(addon)}\n`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }

  const result = probe();
  if (result.error !== undefined) {
    throw new SetupError(`the addon does not run\n${result.error}`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  say(`TensorFlow ${result.version} works, after ${seconds} s`);
}

try {
  await setUp();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`setup:native: ${error.message}`);
  process.exitCode = 1;
}
