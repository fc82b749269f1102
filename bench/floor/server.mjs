// The least that any answer can cost on this machine at this moment: it reads nothing and decides nothing.
import http from 'node:http'
import process from 'node:process'

http
  .createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'session=floor' })
      response.end('{"classes":[{"id":"floor"}],"pupils":[{"id":"floor"}]}')
    })
  })
  .listen(Number(process.env.PORT), process.env.HOST)
