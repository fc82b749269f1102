import { measureApi } from './bench/api.mjs'
const people = ['lone4821','mads5512','bodi2259','sofi6603','omar7310'].map((username)=>({username,password:'Elevadgang-2026'})).slice(0,4)
for (const origin of process.argv.slice(2)) console.log(origin, await measureApi({origin, people}))
