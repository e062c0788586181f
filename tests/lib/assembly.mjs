// The demo's village of story D1 (bản Nà Cá, 87 households), through HTTP, for the tests that need no browser.
import { Client } from "./client.mjs";

const words = { collects: true, works: true, basis: "household", money: 200000, labour_days: 3, keeper: "Lò Thị Pản",
  checker: "Ban giám sát đầu tư của cộng đồng" };

// The village head's account, signed in, and his village.
export async function villageHead(danchu) {
  const head = await Client.as(danchu, "truong.naca");
  const desk = await head.json("/ban-lam-viec");
  const { url } = desk.units.find(({ url }) => url.startsWith("/thon/"));
  return { head, village: url };
}

export function propose(head, village, title, key) {
  return head.post(`${village}/viec/moi`, { ...words, title, asked: `Các hộ có đồng ý không? ${title}` }, key);
}

const ok = async (answer) => {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${text}`);
  return JSON.parse(text).location;
};

// A matter agreed on and a meeting of which notice is given.
export async function meetingWithNotice(danchu, starts) {
  return (await meetingsWithNotice(danchu, [starts]))[0];
}
// One of its own matter for each of these times.
export async function meetingsWithNotice(danchu, times) {
  const { head, village } = await villageHead(danchu);
  const front = await Client.as(danchu, "mt.naca");
  const made = [];
  for (const starts of times) made.push(await oneWithNotice(danchu, head, front, village, starts));
  return made;
}
async function oneWithNotice(danchu, head, front, village, starts) {
  const motion = await ok(await propose(head, village, "Làm đường nội bản"));
  const agreement = await front.json(`${motion}/thong-nhat`);
  await ok(await front.post(`${motion}/thong-nhat`, agreement.form));
  const form = await head.json(`${village}/hop/moi`);
  const meeting = await ok(await head.post(`${village}/hop/moi`, { ...form.form, starts, contact: "Trưởng bản", motions: [motion.split("/").pop()] }));
  const notice = await head.json(`${meeting}/thong-bao`);
  await ok(await head.post(`${meeting}/thong-bao`, { ...notice.form, channel: "invitation", posted_at: "Nhà văn hóa bản",
    documents_sent: danchu.today }));
  return { head, village, motion, meeting };
}
