import { chromium } from "@playwright/test";
import fs from "node:fs";
const base="http://127.0.0.1:8031", people=JSON.parse(fs.readFileSync("/tmp/tz/demo31/demo-accounts.json"));
const b = await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox"]});
async function as(user,w=1440,h=900){ const c=await b.newContext({viewport:{width:w,height:h},locale:"zh-CN",timezoneId:"Asia/Shanghai"}); const g=await c.newPage(); g.on("pageerror",e=>console.log("pageerror",String(e).slice(0,300)));
 await g.goto(base+"/login"); await g.getByRole("textbox",{name:/账号/}).fill(user); await g.locator("input[type=password]").fill(people.find(x=>x.username===user).password); await g.keyboard.press("Enter"); await g.waitForURL(u=>!u.pathname.startsWith("/login")); await g.waitForTimeout(1200); return g; }
const g=await as("huayang"); 
await g.getByRole("button",{name:/^填报2023年9月/}).first().click(); await g.waitForURL(/submissions/); await g.waitForTimeout(1500);
await g.screenshot({path:"/tmp/tz/shots3/form-1440.png",fullPage:true}); console.log(g.url());
console.log(await g.locator("main").ariaSnapshot());
await b.close();
