// A database of its own in the cluster that ./test started (DANCHU_TEST_POSTGRESQL).
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";

export function freshDatabase(server = process.env.DANCHU_TEST_POSTGRESQL) {
  const name = `danchu_${randomBytes(6).toString("hex")}`;
  const sql = (text) => execFileSync("psql", [server, "-q", "-v", "ON_ERROR_STOP=1", "-c", text]);
  sql(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`);
  const url = server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
  return { url, drop: () => sql(`DROP DATABASE ${name} WITH (FORCE)`) };
}
