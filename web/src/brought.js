// What a drop or a paste brings: files, and those in folders where the browser gives them.

// Whoever has more in a folder is better served by the command line.
const MOST = 500;
const DEEPEST = 20;
// Names of files that programs keep for themselves, as the command line passes them over.
const HIDDEN = /^(\.|~\$)/;

/**
 * The files as `{ name, file }`; what is not to be checked as `{ name, lost }`, where `lost` says why. Has to be called
 * while the event lasts. Of folders those files are taken whose ending is among `suffixes`, a promise of them.
 */
export async function brought(transfer, suffixes) {
  const given = [...transfer.items].filter(({ kind }) => kind === "file").map((item) => ({
    file: item.getAsFile(),
    // Pages that were opened as files get into folders in this way alone.
    handle: item.getAsFileSystemHandle?.().catch(() => null),
  }));
  const all = await Promise.all(given.map(async ({ file, handle }) => {
    const found = await handle;
    return found?.kind === "directory" ? filesIn(found, await suffixes) : [{ name: file.name, file }];
  }));
  return all.flat();
}

/** The files in a folder by their paths, and what is left out of it. */
async function filesIn(folder, suffixes) {
  const found = { read: [], other: [] };
  await walk(folder, folder.name, suffixes, found, DEEPEST);
  const read = found.read.sort((one, two) => (one.name < two.name ? -1 : 1)).slice(0, MOST);
  const left = leftOut(folder.name, found);
  return left ? [...read, { name: `${folder.name}（文件夹）`, lost: left }] : read;
}

async function walk(folder, path, suffixes, found, depth) {
  for await (const [name, inside] of folder.entries()) {
    if (found.read.length > MOST) return;
    const place = `${path}/${name}`;
    if (HIDDEN.test(name)) continue;
    if (inside.kind === "directory") {
      if (depth) await walk(inside, place, suffixes, found, depth - 1);
    } else if (suffixes.has(name.slice(name.lastIndexOf(".") + 1).toLowerCase())) {
      found.read.push({ name: place, file: await inside.getFile() });
    } else found.other.push(place);
  }
}

function leftOut(name, { read, other }) {
  if (read.length > MOST)
    return `文件夹“${name}”里的文件超过 ${MOST} 个，只检查了前 ${MOST} 个。请分几次放，或者用命令行检查整个文件夹。`;
  if (!read.length) return `文件夹“${name}”里没有能读的文件，没有检查。请选择报告文件本身。`;
  if (!other.length) return "";
  const some = other.slice(0, 3).join("、") + (other.length > 3 ? " 等" : "");
  return `文件夹“${name}”里有 ${other.length} 个文件不是能读的格式，没有检查：${some}。`;
}
