/**
 * Easy Danish nouns for passwords that are assigned. Written with a–z only, as not every keyboard has æ, ø and å; no
 * names, no brands, and nothing that children would laugh at, alone or side by side. None begins with another, so
 * that words written together come about in one way only. Tests hold all of this.
 */
export const words: readonly string[] = `
  abrikos aften agern akvarel apparat arbejde armband aroma artikel asters atlas avis avocado bade bagage
  bageri bakke banjo bank basket bassin batteri bededag begonia besked bestik bevis bil biograf bjerg
  blad blender blikk blok blomme blomst bluse blyant bog boks bolig bonbon bonde bord botanik bowling
  brev bro brus bryder bryg bryllup bue buket bunke burger butik byg cafe camping carport celle cello
  chef chips cirkel citat citron cykel cyklist cyklon dadel dag dal data debat debut delfin dessert
  diamant diplom disk dommer drama drivhus dryp duft dukke dynamo dyne dyr ejendom ejer ekko eksamen
  ekspert elefant element ellipse emalje energi eng etiket fabel fabrik fakkel fane fanfare farfar farve
  fasan ferie fersken fest film filt finger firben firkant fjeld fjer fjord flag flamme flaske flet flod
  flok flue fly fod folk fortov foto frakke frisbee frugt gaffel galaksi garage gardin garn gave gele
  gips giraf gitter glas globus gnaver gnist gokart gondol grill grotte gruppe gryde guitar guld gulerod
  gulv gummi gynge handske hank harpe hatte hav hegn hejre hilsen himmel hjelm hjem hjerte hjord hjul
  hobby hockey honning hop horn hotel hoved hule hummer hus hvede hveps hyacint hylde hytte ide iglo
  ingefer insekt jagt jakke jern jolle jord journal juice jungle jury juvel kabine kaffe kage kajak kakao
  kaktus kalk kamel kammer kande kanel kanin kano kant kap karamel karpe karse kasket kassa kegle kejser
  kelner keramik kerne ketsjer kikkert kimono kino kiosk kiste kjole klasse klaver klippe knage knap
  koala kobling kokos kolibri kollega komet komfur kommode kompas koncert kontor kop krabbe krage kran
  krebs kridt krone krukke krus krydder kryds krystal kuffert kunst kupon kurv kuvert kyst lagkage lampe
  lasagne laser lasso lastbil latter leder lejr lektie leopard lilje lim linje linned liste liter loft
  logbog logo lomme lotteri lygte lyn lys magasin magi magnet majs makrel maler mandel mappe maraton
  maske maskine mast medalje medicin mejse metal meteor meter metro midnat mixer mobil model moped morfar
  morgen mos motor mudder muffin mur museum musik muskel myg mynte myre nabo natur navn nektar nikkel
  notebog novelle oase ocean olie oliven omelet opgave orgel origami otter ovn ozon pagode pakke palme
  panda papir paprika paraply parasol park pasta pastil peber pedal pen perle pilot pizza plads plakat
  pony porre pose poster potte pude pulver puzzle pyjamas pynt quiz radar radio radise raket rampe ransel
  redning redskab regn rejse ribs ridder ris rok rude rulle rundtur rytter sabel safir saks samtale sand
  sang savn scooter sejl sekund seng sennep serie sesam signal sirene sirup skilt skitse skjold skjorte
  sko skrift skuffe sky slalom smil smykke snegl soda sofa sok soldat solhat spejder spejl spil spinat
  spurv spyd station statue stemme stige stok stol stor streg studie stue stund sukker sul suppe svale
  svamp svane svar sweater symfoni tabel tablet takke tandem tarm taske tavle taxa teater tegn tekop
  tekst telefon telt tempel tempo tennis terning tidsel tiger time toast tog tomat top tornado traktor
  trane trappe trille trold tromle trompet tulipan tunnel ugle ulv uniform univers urskov vaffel valmue
  vand vanilje vante vase vask vegn vej vekker veranda vifte viking violet violin vogn vogter vulkan ymer
  yoghurt zoo
`
  .trim()
  .split(/\s+/)
