// A person without a browser: signs in, reads JSON, sends forms with an idempotency key.
import { randomUUID } from "node:crypto";

export class Client {
  constructor(danchu) {
    this.danchu = danchu;
    this.cookies = new Map();
  }

  // Signed in as one of the demo's accounts; its page says the password and the code of now.
  static async as(danchu, user) {
    const client = new Client(danchu);
    const account = (await client.json("/dang-nhap")).demo_accounts.find((one) => one.user === user);
    if (!account) throw new Error(`the demo has no account ${user}`);
    const { password, code } = account;
    const answer = await client.post("/dang-nhap", { user, password, ...(code ? { code } : {}) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${user} cannot sign in: ${answer.status} ${text}`);
    return client;
  }

  get cookie() { return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "); }

  async request(path, options = {}) {
    const answer = await fetch(this.danchu.url + path, {
      redirect: "manual",
      ...options,
      headers: { accept: "application/json", cookie: this.cookie, origin: this.danchu.url, ...options.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return answer;
  }

  async json(path) {
    const answer = await this.request(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  post(path, fields, key = randomUUID()) {
    return this.request(path, {
      method: "POST",
      body: JSON.stringify(fields),
      headers: { "content-type": "application/json", "idempotency-key": key },
    });
  }
}
