// The demo's village of story D1 (bản Nà Cá, 87 households), through HTTP, for the tests that need no browser.
import { Client } from "./client.mjs";

const words = { collects: true, works: true, basis: "household", labour_days: "3" };

// The village head's account, signed in, and his village.
export async function villageHead(danchu) {
  const head = await Client.as(danchu, "truong.naca");
  const desk = await head.json("/ban-lam-viec");
  const { url } = desk.units.find(({ url }) => url.startsWith("/thon/"));
  return { head, village: url };
}

export function propose(head, village, title, key) {
  return head.post(`${village}/viec/moi`, { ...words, title, asked: `Các hộ có đồng ý không? ${title}`, money: "200000" }, key);
}

const ok = async (answer) => {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${text}`);
  return JSON.parse(text).location;
};

// A matter agreed and a meeting of which notice is given; `days` before it the notice was. Answers the meeting's address.
export async function meetingWithNotice(danchu, starts) {
  const { head, village } = await villageHead(danchu);
  const front = await Client.as(danchu, "mt.naca");
  const motion = await ok(await propose(head, village, "Làm đường nội bản"));
  await ok(await front.post(`${motion}/thong-nhat`, {}));
  const form = await head.json(`${village}/hop/moi`);
  const meeting = await ok(await head.post(`${village}/hop/moi`, { ...form.form, starts, contact: "Trưởng bản", motions: [motion.split("/").pop()] }));
  await ok(await head.post(`${meeting}/thong-bao`, { channel: "invitation", posted_at: "Nhà văn hóa bản", documents_sent: starts.slice(0, 10) }));
  return { head, village, motion, meeting };
}
