// A full disk: a clear error, reading goes on, and when there is room again everything works.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Danchu } from "../lib/danchu.mjs";
import { propose, villageHead } from "../lib/assembly.mjs";

function smallDisk() {
  const directory = mkdtempSync(join(tmpdir(), "danchu-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256m", "danchu-test", directory], { stdio: "ignore" });
    return directory;
  } catch {
    rmSync(directory, { recursive: true });
    return null;
  }
}

function fill(path) {
  const file = openSync(path, "w");
  for (const block of [1 << 20, 4096])
    try {
      for (;;) writeSync(file, Buffer.alloc(block));
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
    }
  const { size } = fstatSync(file);
  closeSync(file);
  return size;
}

const disk = smallDisk();
test("full disk", { skip: !disk && "a small disk can only be mounted by root" }, async () => {
  const danchu = await Danchu.start({ directory: join(disk, "danchu") });
  const filler = join(disk, "filler");
  try {
    const { head, village } = await villageHead(danchu);
    const send = (n) => propose(head, village, `Thử đầy đĩa, việc ${n}`);
    const first = JSON.parse(await (await send(0)).text()).location;

    fill(filler);
    let refused = null;
    for (let n = 1; n < 200 && !refused; ++n) {  // the log's own pages still take some
      fill(join(disk, "filler-2"));
      const answer = await send(n);
      if (answer.status !== 200) refused = answer;
    }
    assert.equal(refused?.status, 503);
    const problem = await refused.json();
    assert.match(`${problem.title} ${problem.detail}`, /\S{2}/);
    assert.equal((await head.json(first)).title, "Thử đầy đĩa, việc 0", "reading goes on");

    rmSync(filler);
    rmSync(join(disk, "filler-2"), { force: true });
    let last;
    for (let n = 0; n < 50 && (last = await send(1000 + n)).status !== 200; ++n)
      await new Promise((later) => setTimeout(later, 100));
    assert.equal(last.status, 200, "writes go on once there is room");
    await danchu.end();
    await danchu.command("verify");
  } finally {
    await danchu.stop();
    execFileSync("umount", [disk]);
    rmSync(disk, { recursive: true });
  }
});
