import { chromium } from "@playwright/test";
import fs from "node:fs";
const [base, dir, dataFile, user, size, ...paths] = process.argv.slice(2);
const people = JSON.parse(fs.readFileSync(dataFile)); const p = people.find(x=>x.username===user);
const [w,h] = size.split("x").map(Number);
const b = await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox"]});
const c = await b.newContext({viewport:{width:w,height:h},locale:"zh-CN",timezoneId:"Asia/Shanghai", hasTouch:w<500,isMobile:w<500});
const g = await c.newPage();
g.on("console",m=>{ if(m.type()==="error") console.log("console:",m.text().slice(0,300)); });
g.on("pageerror",e=>console.log("pageerror:",String(e).slice(0,300)));
await g.goto(base+"/login"); await g.waitForTimeout(800);
if(paths[0]==="LOGIN"){ await g.screenshot({path:`${dir}/login-${w}.png`}); paths.shift(); }
await g.locator("input[name=username], input[autocomplete=username]").first().fill(p.username); await g.locator("input[type=password]").fill(p.password); await g.keyboard.press("Enter");
await g.waitForURL(u=>!u.pathname.startsWith("/login"),{timeout:15000}).catch(e=>console.log("login failed"));
for (const path of paths){ const [u,name]=path.split("@"); await g.goto(base+u); await g.waitForLoadState("networkidle").catch(()=>{}); await g.waitForTimeout(900);
 await g.screenshot({path:`${dir}/${user}-${name||u.replace(/\W+/g,"_")}-${w}.png`}); const over=await g.evaluate(()=>document.documentElement.scrollWidth-innerWidth); if(over>0) console.log(u,"overflow",over); }
await b.close();
