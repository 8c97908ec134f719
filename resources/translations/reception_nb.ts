<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nb_NO" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Reception</source>
        <translation>Om Reception</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Versjon {version}</translation>
    </message>
    <message>
        <source>Qt {qt}, Python {python}, {system}</source>
        <translation>Qt {qt}, Python {python}, {system}</translation>
    </message>
    <message>
        <source>Uses Qt and PySide6 under the LGPL, version 3, and other free software; their licences are in the folder licences beside the program.</source>
        <translation>Bruker Qt og PySide6 under LGPL versjon 3, og annen fri programvare. Lisensene ligger i mappen licences ved siden av programmet.</translation>
    </message>
    <message>
        <source>The appointment book for clinic receptionists, on Leyr.</source>
        <translation>Timebok for klinikkens resepsjon, gjennom Leyr.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Today</source>
        <translation>&amp;I dag</translation>
    </message>
    <message>
        <source>&amp;Previous</source>
        <translation>&amp;Forrige</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Neste</translation>
    </message>
    <message>
        <source>&amp;Day</source>
        <translation>&amp;Dag</translation>
    </message>
    <message>
        <source>&amp;Week</source>
        <translation>&amp;Uke</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Oppdater</translation>
    </message>
    <message>
        <source>Go to the &amp;book</source>
        <translation>Gå til &amp;timeboken</translation>
    </message>
    <message>
        <source>Go to the p&amp;anel</source>
        <translation>Gå til &amp;panelet</translation>
    </message>
    <message>
        <source>&amp;Find patient</source>
        <translation>&amp;Finn pasient</translation>
    </message>
    <message>
        <source>&amp;New patient …</source>
        <translation>&amp;Ny pasient …</translation>
    </message>
    <message>
        <source>&amp;Move to another time</source>
        <translation>Fl&amp;ytt timen</translation>
    </message>
    <message>
        <source>Move &amp;here</source>
        <translation>Flytt &amp;hit</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Angre</translation>
    </message>
    <message>
        <source>Go to the open tas&amp;ks</source>
        <translation>Gå til &amp;gjenstående oppgaver</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom &amp;inn</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom &amp;ut</translation>
    </message>
    <message>
        <source>&amp;Fit the day</source>
        <translation>&amp;Tilpass til dagen</translation>
    </message>
    <message>
        <source>Colour by &amp;status</source>
        <translation>&amp;Farger etter status</translation>
    </message>
    <message>
        <source>Wee&amp;k of up to five as a grid</source>
        <translation>Uke for inntil fem i &amp;rutenett</translation>
    </message>
    <message>
        <source>L&amp;eft panel</source>
        <translation>&amp;Venstre panel</translation>
    </message>
    <message>
        <source>As ti&amp;mes</source>
        <translation>Som &amp;klokkeslett</translation>
    </message>
    <message>
        <source>F&amp;ind anything</source>
        <translation>Finn h&amp;va som helst</translation>
    </message>
    <message>
        <source>Next &amp;free …</source>
        <translation>Neste &amp;ledige …</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics …</source>
        <translation>Kopier &amp;diagnostikk …</translation>
    </message>
    <message>
        <source>&amp;About Reception</source>
        <translation>Om Re&amp;ception</translation>
    </message>
    <message>
        <source>User &amp;guide</source>
        <translation>&amp;Brukerveiledning</translation>
    </message>
    <message>
        <source>Guided &amp;tour (in practice mode)</source>
        <translation>&amp;Omvisning (i øvelsesmodus)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Avslutt</translation>
    </message>
    <message>
        <source>Print the da&amp;y …</source>
        <translation>&amp;Skriv ut dagen …</translation>
    </message>
    <message>
        <source>Every&amp;body and all hours</source>
        <translation>&amp;Alle og alle klokkeslett</translation>
    </message>
    <message>
        <source>As a &amp;list</source>
        <translation>Som &amp;liste</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Hurtigtaster</translation>
    </message>
</context>
<context>
    <name>AlikePeople</name>
    <message>
        <source>This may be somebody you already have.</source>
        <translation>Dette kan være noen dere har fra før.</translation>
    </message>
    <message>
        <source>To be registered</source>
        <translation>Skal registreres</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>Finnes her fra før</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Bruk denne</translation>
    </message>
</context>
<context>
    <name>AloneStrip</name>
    <message>
        <source>The clinic&apos;s shared book can&apos;t be reached.</source>
        <translation>Klinikkens felles timebok kan ikke nås.</translation>
    </message>
    <message>
        <source>Nothing can be booked, moved or cancelled, and free times may be taken by another desk. It is tried again all the time.</source>
        <translation>Ingenting kan bestilles, flyttes eller avlyses, og ledige timer kan være tatt ved en annen skranke. Programmet prøver på nytt hele tiden.</translation>
    </message>
    <message>
        <source>The clinic&apos;s shared book is back.</source>
        <translation>Klinikkens felles timebok er tilbake.</translation>
    </message>
    <message>
        <source>What other desks did meanwhile is in it now.</source>
        <translation>Det andre skranker har gjort i mellomtiden, står i den nå.</translation>
    </message>
</context>
<context>
    <name>AppointmentCard</name>
    <message>
        <source>“{comment}”</source>
        <translation>«{comment}»</translation>
    </message>
    <message>
        <source>It is in {emr}</source>
        <translation>Timen er i {emr}</translation>
    </message>
    <message>
        <source>It is not in {emr}</source>
        <translation>Timen er ikke i {emr}</translation>
    </message>
    <message>
        <source>{emr} can&apos;t cancel through Leyr. Cancel it in {emr}.</source>
        <translation>{emr} kan ikke avlyse gjennom Leyr. Avlys timen i {emr}.</translation>
    </message>
    <message>
        <source>It is being moved. First settle whether the new time is booked.</source>
        <translation>Timen er under flytting. Avklar først om den nye timen er bestilt.</translation>
    </message>
    <message>
        <source>Only what is surely booked can be moved.</source>
        <translation>Bare en time som sikkert er bestilt, kan flyttes.</translation>
    </message>
    <message>
        <source>Leyr&apos;s reference for it is not known here. Change it in {emr}.</source>
        <translation>Referansen fra Leyr mangler her. Endre timen i {emr}.</translation>
    </message>
    <message>
        <source>It has begun or is past, so it can&apos;t be changed here.</source>
        <translation>Timen har begynt eller er over, så den kan ikke endres her.</translation>
    </message>
    <message>
        <source>{emr} can&apos;t move or cancel through Leyr. Change it in {emr}.</source>
        <translation>{emr} kan ikke flytte eller avlyse gjennom Leyr. Endre timen i {emr}.</translation>
    </message>
    <message>
        <source>Another one is taking its place already.</source>
        <translation>En ny time skal allerede erstatte denne.</translation>
    </message>
    <message>
        <source>The patient asked for it</source>
        <translation>Pasienten ba om det</translation>
    </message>
    <message>
        <source>The clinic has to cancel</source>
        <translation>Klinikken må avlyse</translation>
    </message>
    <message>
        <source>Booked by mistake</source>
        <translation>Bestilt ved en feil</translation>
    </message>
    <message>
        <source>Reason for cancelling</source>
        <translation>Årsak til avlysning</translation>
    </message>
    <message>
        <source>Cancel the appointment</source>
        <translation>Avlys timen</translation>
    </message>
    <message>
        <source>It is still in {emr}</source>
        <translation>Den står fortsatt i {emr}</translation>
    </message>
    <message>
        <source>It is gone from {emr}</source>
        <translation>Den er borte fra {emr}</translation>
    </message>
    <message>
        <source>“{answer}” can be answered from {time}: until then the request may still arrive.</source>
        <translation>«{answer}» kan svares fra kl. {time}: Før det kan forespørselen fortsatt komme fram.</translation>
    </message>
    <message>
        <source>Remove the old appointment</source>
        <translation>Fjern den gamle timen</translation>
    </message>
    <message>
        <source>It is removed in {emr}</source>
        <translation>Timen er fjernet i {emr}</translation>
    </message>
    <message>
        <source>{emr} is told the reason: “{reason}”</source>
        <translation>{emr} får vite årsaken: «{reason}»</translation>
    </message>
    <message>
        <source>It is being moved to {time}, which is not surely booked yet.</source>
        <translation>Timen flyttes til {time}, men det er ikke sikkert ennå at den nye er bestilt.</translation>
    </message>
    <message>
        <source>It was moved to {time}, which is booked. This one is left over: remove it.</source>
        <translation>Timen er flyttet til {time}, og den nye er bestilt. Denne står igjen: Fjern den.</translation>
    </message>
    <message>
        <source>The old appointment of {time} may still stand.</source>
        <translation>Den gamle timen {time} kan fortsatt stå.</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mer</translation>
    </message>
    <message>
        <source>More about this patient</source>
        <translation>Mer om denne pasienten</translation>
    </message>
    <message>
        <source>Move to another time</source>
        <translation>Flytt timen</translation>
    </message>
    <message>
        <source>Code from the patient&apos;s message</source>
        <translation>Kode fra meldingen til pasienten</translation>
    </message>
    <message>
        <source>Code from the message</source>
        <translation>Kode fra meldingen</translation>
    </message>
    <message>
        <source>Confirm with the code</source>
        <translation>Bekreft med koden</translation>
    </message>
    <message>
        <source>No answer came when this was booked, so it may or may not be in {emr}. Tell the caller that the time will be confirmed later. Look in {emr} and say here what you found.</source>
        <translation>Det kom ikke noe svar da timen ble bestilt, så det er uavklart om den er i {emr}. Si til den som ringer, at timen blir bekreftet senere. Se etter i {emr}, og svar her.</translation>
    </message>
    <message>
        <source>No answer came when this was cancelled, so it may still stand. Look in {emr} and say here what you found.</source>
        <translation>Det kom ikke noe svar da timen ble avlyst, så den kan fortsatt stå. Se etter i {emr}, og svar her.</translation>
    </message>
    <message>
        <source>Not booked yet. The patient has got a message with a code; ask for it.</source>
        <translation>Ikke bestilt ennå. Pasienten har fått en melding med en kode. Spør etter koden.</translation>
    </message>
    <message>
        <source>It still stands. The patient has got a message with a code; ask for it.</source>
        <translation>Timen står fortsatt. Pasienten har fått en melding med en kode. Spør etter koden.</translation>
    </message>
    <message>
        <source>{emr} gives it a status that this program does not know. The time counts as taken.</source>
        <translation>{emr} gir timen en status som dette programmet ikke kjenner. Tiden regnes som opptatt.</translation>
    </message>
    <message>
        <source>{emr} offers this time as free again: the appointment may have been cancelled or moved there. Look in {emr} and say here what you found. Until then nobody else can be booked at this time.</source>
        <translation>{emr} tilbyr denne tiden som ledig igjen: Timen kan være avlyst eller flyttet der. Se etter i {emr}, og svar her. Inntil da kan ingen andre få denne tiden.</translation>
    </message>
</context>
<context>
    <name>Attendance</name>
    <message>
        <source>&amp;Switch user …</source>
        <translation>&amp;Bytt bruker …</translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation>&amp;Lås</translation>
    </message>
    <message>
        <source>&amp;Users …</source>
        <translation>&amp;Brukere …</translation>
    </message>
    <message>
        <source>Who &amp;did what …</source>
        <translation>Hvem &amp;gjorde hva …</translation>
    </message>
    <message>
        <source>Who has looked at this &amp;patient …</source>
        <translation>Hvem har sett på denne &amp;pasienten …</translation>
    </message>
    <message>
        <source>&amp;Everything about this patient …</source>
        <translation>&amp;Alt om denne pasienten …</translation>
    </message>
    <message>
        <source>&amp;Desk</source>
        <translation>&amp;Skranke</translation>
    </message>
    <message>
        <source>Name the first one</source>
        <translation>Den første brukeren</translation>
    </message>
</context>
<context>
    <name>BeginAnewDialog</name>
    <message>
        <source>Begin a new record</source>
        <translation>Begynn en ny oversikt</translation>
    </message>
    <message>
        <source>Put the old record aside and begin anew</source>
        <translation>Legg den gamle til side og begynn på nytt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Begin with an empty record of appointments?</source>
        <translation>Begynne med en tom oversikt over timer?</translation>
    </message>
    <message>
        <source>Appointments that were booked before stay in the EHR, but can&apos;t be cancelled or moved from here. What was still unsettled is no longer shown: look in the EHR how it stands.</source>
        <translation>Timer som er bestilt før, står fortsatt i journalsystemet, men kan ikke avlyses eller flyttes herfra. Det som ennå var uavklart, vises ikke lenger: Se i journalsystemet hvordan det står.</translation>
    </message>
    <message>
        <source>The old record is not deleted. It is kept under a dated name, and can be opened again with its recovery key.</source>
        <translation>Den gamle oversikten slettes ikke. Den blir liggende med dato i navnet og kan åpnes igjen med gjenopprettingsnøkkelen sin.</translation>
    </message>
</context>
<context>
    <name>Book</name>
    <message>
        <source>Appointment book</source>
        <translation>Timebok</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <comment>a day in a sentence, QLocale format</comment>
        <translation>dddd d. MMMM</translation>
    </message>
    <message>
        <source>dd.MM.yyyy</source>
        <comment>a birth date, QLocale format</comment>
        <translation>dd.MM.yyyy</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a birth date in a sentence, QLocale format</comment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>Week {number}</source>
        <translation>Uke {number}</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Ikke hentet</translation>
    </message>
    <message>
        <source>Not offered</source>
        <translation>Tilbys ikke</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Opptatt</translation>
    </message>
    <message>
        <source>Not free for this service</source>
        <translation>Ikke ledig for denne timetypen</translation>
    </message>
    <message>
        <source>None offered</source>
        <translation>Ingen ledige</translation>
    </message>
    <message>
        <source>1 free</source>
        <translation>1 ledig</translation>
    </message>
    <message>
        <source>{count} free</source>
        <translation>{count} ledige</translation>
    </message>
    <message>
        <source>{day} {start} to {end}, {resource}</source>
        <translation>{day} {start} til {end}, {resource}</translation>
    </message>
    <message>
        <source>in use at {desk}, by {user}</source>
        <translation>i bruk ved {desk}, av {user}</translation>
    </message>
    <message>
        <source>in use at {desk}</source>
        <translation>i bruk ved {desk}</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>i bruk</translation>
    </message>
    <message>
        <source>somebody else of this name comes on the same day</source>
        <translation>en annen med samme navn har time samme dag</translation>
    </message>
    <message>
        <source>Free times: {free}. Appointments: {own}</source>
        <translation>Ledige timer: {free}. Bestilte timer: {own}</translation>
    </message>
    <message>
        <source>Not loaded: {names}</source>
        <translation>Ikke hentet: {names}</translation>
    </message>
    <message>
        <source>{service} {minutes} minutes</source>
        <translation>{service} {minutes} minutter</translation>
    </message>
    <message>
        <source>free</source>
        <translation>ledig</translation>
    </message>
    <message>
        <source>{name} born {date}</source>
        <translation>{name}, født {date}</translation>
    </message>
    <message>
        <source>{count} without free times</source>
        <translation>{count} uten ledige timer</translation>
    </message>
    <message>
        <source>Fold {count} without free times</source>
        <translation>Skjul {count} uten ledige timer</translation>
    </message>
    <message>
        <source>{count} not ticked: show all</source>
        <translation>{count} uten hake: vis alle</translation>
    </message>
    <message>
        <source>Show {first} to {last} too</source>
        <translation>Vis {first} til {last} også</translation>
    </message>
</context>
<context>
    <name>BookingPanel</name>
    <message>
        <source>The panel beside the book</source>
        <translation>Panelet ved siden av timeboken</translation>
    </message>
</context>
<context>
    <name>CareUnitPage</name>
    <message>
        <source>Care units</source>
        <translation>Behandlingssteder</translation>
    </message>
    <message>
        <source>Open the book</source>
        <translation>Åpne timeboken</translation>
    </message>
    <message>
        <source>Connected. Which care unit is this desk at?</source>
        <translation>Tilkoblet. Hvilket behandlingssted hører denne skranken til?</translation>
    </message>
    <message>
        <source>It is opened first from now on. You can always go to another one.</source>
        <translation>Det åpnes først fra nå av. Du kan alltid gå til et annet.</translation>
    </message>
</context>
<context>
    <name>Certainty</name>
    <message>
        <source>Reading it again …</source>
        <translation>Kontrollerer at timen er ledig …</translation>
    </message>
    <message>
        <source>Could not be read again. Booking will try once more.</source>
        <translation>Timen kunne ikke kontrolleres. Den kontrolleres igjen når du bestiller.</translation>
    </message>
    <message>
        <source>✓ Still free, read {time}</source>
        <translation>✓ Fortsatt ledig, kontrollert {time}</translation>
    </message>
    <message>
        <source>Taken meanwhile. Choose another time.</source>
        <translation>Timen er tatt i mellomtiden. Velg en annen.</translation>
    </message>
</context>
<context>
    <name>Changing</name>
    <message>
        <source>Booked by mistake</source>
        <translation>Bestilt ved en feil</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Angre</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>Connect to Leyr</source>
        <translation>Koble til Leyr</translation>
    </message>
    <message>
        <source>This is a test connection: made-up people only</source>
        <translation>Dette er en testforbindelse: bare oppdiktede personer</translation>
    </message>
    <message>
        <source>Test and connect</source>
        <translation>Test og koble til</translation>
    </message>
    <message>
        <source>You need what Leyr gave the clinic: an address, and a client id with its secret. Nothing is kept before it is tested.</source>
        <translation>Du trenger det Leyr ga klinikken: en adresse, og en klient-ID med klienthemmelighet. Ingenting lagres før det er prøvd.</translation>
    </message>
    <message>
        <source>Leyr&apos;s address, with /api</source>
        <translation>Adressen til Leyr, med /api</translation>
    </message>
    <message>
        <source>EHR code</source>
        <translation>Kode for journalsystemet</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>Klient-ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Klienthemmelighet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Testing …</source>
        <translation>Tester …</translation>
    </message>
</context>
<context>
    <name>CoveredNumber</name>
    <message>
        <source>Show number</source>
        <translation>Vis nummeret</translation>
    </message>
</context>
<context>
    <name>Dates</name>
    <message>
        <source>dddd d MMMM yyyy</source>
        <translation>dddd d. MMMM yyyy</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <translation>ddd d. MMM</translation>
    </message>
    <message>
        <source>d</source>
        <comment>the day of the month alone, QLocale format</comment>
        <translation>d.</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>Week {number} · {begin}–{end}</source>
        <translation>Uke {number} · {begin}–{end}</translation>
    </message>
    <message>
        <source>{time} (first)</source>
        <translation>{time} (første)</translation>
    </message>
    <message>
        <source>{time} (second)</source>
        <translation>{time} (andre)</translation>
    </message>
    <message>
        <source>Week {number}</source>
        <translation>Uke {number}</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>ddd d</source>
        <comment>a day in a narrow header, QLocale format</comment>
        <translation>ddd d.</translation>
    </message>
</context>
<context>
    <name>DaySheet</name>
    <message>
        <source>Initials</source>
        <translation>Initialer</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Pasient</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Født</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Timetype</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>{page} of {pages}</source>
        <comment>page numbers</comment>
        <translation>{page} av {pages}</translation>
    </message>
    <message>
        <source>{name}, continued</source>
        <translation>{name}, fortsettelse</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>none booked from here</source>
        <translation>ingen bestilt herfra</translation>
    </message>
    <message>
        <source>1 appointment</source>
        <translation>1 time</translation>
    </message>
    <message>
        <source>{count} appointments</source>
        <translation>{count} timer</translation>
    </message>
    <message>
        <source>PRACTICE MODE: made-up people</source>
        <translation>ØVELSESMODUS: oppdiktede personer</translation>
    </message>
    <message>
        <source>TEST CONNECTION: made-up people</source>
        <translation>TESTFORBINDELSE: oppdiktede personer</translation>
    </message>
    <message>
        <source>not known</source>
        <comment>birth date</comment>
        <translation>ukjent</translation>
    </message>
    <message>
        <source>Free times: not loaded. This says nothing about whether any are free.</source>
        <translation>Ledige timer: ikke hentet. Det sier ingenting om hva som er ledig.</translation>
    </message>
    <message>
        <source>Free for {service}: {times}</source>
        <translation>Ledig for {service}: {times}</translation>
    </message>
    <message>
        <source>none offered</source>
        <translation>ingen ledige</translation>
    </message>
    <message>
        <source>Free: {times}</source>
        <translation>Ledig: {times}</translation>
    </message>
    <message>
        <source>The record of appointments could not be read just now: some may be missing here.</source>
        <translation>Oversikten over timer kunne ikke leses akkurat nå: Noen timer kan mangle her.</translation>
    </message>
    <message>
        <source>The clinic&apos;s shared book could not be reached: what other desks did lately is not on it.</source>
        <translation>Klinikkens felles timebok kunne ikke nås: Det andre skranker har gjort i det siste, står ikke her.</translation>
    </message>
    <message>
        <source>Free times as read {when}.</source>
        <translation>Ledige timer hentet {when}.</translation>
    </message>
    <message>
        <source>Printed {when} by {name}.</source>
        <translation>Skrevet ut {when} av {name}.</translation>
    </message>
    <message>
        <source>Printed {when}.</source>
        <translation>Skrevet ut {when}.</translation>
    </message>
    <message>
        <source>Here is what this clinic&apos;s desks have booked through Reception; what was booked elsewhere is not on it.</source>
        <translation>Her står timene klinikkens skranker har bestilt gjennom Reception; det som er bestilt andre steder, står ikke her.</translation>
    </message>
    <message>
        <source>Here is what this clinic&apos;s desks have booked through Reception; what was booked in {emr} itself is not on it.</source>
        <translation>Her står timene klinikkens skranker har bestilt gjennom Reception; det som er bestilt i {emr} selv, står ikke her.</translation>
    </message>
</context>
<context>
    <name>Disclosure</name>
    <message>
        <source>Everything about this person</source>
        <translation>Alt om denne personen</translation>
    </message>
    <message>
        <source>Save as PDF …</source>
        <translation>Lagre som PDF …</translation>
    </message>
    <message>
        <source>Save as JSON …</source>
        <translation>Lagre som JSON …</translation>
    </message>
    <message>
        <source>Wipe details …</source>
        <translation>Slett opplysninger …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
    <message>
        <source>Saved. The file holds personal data: give it to nobody else.</source>
        <translation>Lagret. Filen inneholder personopplysninger: Ikke gi den til andre.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Opplysninger</translation>
    </message>
    <message>
        <source>Appointments from here</source>
        <translation>Timer herfra</translation>
    </message>
    <message>
        <source>Asked of {emr}</source>
        <translation>Forespørsler til {emr}</translation>
    </message>
    <message>
        <source>Lines of who looked and did what</source>
        <translation>Linjer i loggen</translation>
    </message>
    <message>
        <source>none, only looked up</source>
        <translation>ingen, bare slått opp</translation>
    </message>
    <message>
        <source>wiped</source>
        <translation>slettet</translation>
    </message>
    <message>
        <source>name, birth date, phone number</source>
        <translation>navn, fødselsdato, telefonnummer</translation>
    </message>
    <message>
        <source>Save everything about this person</source>
        <translation>Lagre alt om denne personen</translation>
    </message>
    <message>
        <source>The details are wiped, at every desk.</source>
        <translation>Opplysningene er slettet, ved alle skranker.</translation>
    </message>
    <message>
        <source>The ledger&apos;s log keeps them until the program is closed.</source>
        <translation>Arbeidsfilen til oversikten har dem til programmet lukkes.</translation>
    </message>
    <message>
        <source>The person</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>What is not here</source>
        <translation>Det som ikke står her</translation>
    </message>
    <message>
        <source>{where} · {when} · page {page} of {pages}</source>
        <translation>{where} · {when} · side {page} av {pages}</translation>
    </message>
    <message>
        <source>This is what the appointment program has. The patient record in {emr} is not in it: the clinic gives insight into that one by itself.</source>
        <translation>Dette er det timeboken har. Journalen i {emr} er ikke med: Den gir klinikken innsyn i for seg.</translation>
    </message>
    <message>
        <source>Leyr, through which the program speaks to {emr}, has logs of its own. They are asked for at Leyr.</source>
        <translation>Leyr, som programmet snakker med {emr} gjennom, har egne logger. Spør Leyr om dem.</translation>
    </message>
    <message>
        <source>Copies of the program&apos;s ledger that were made earlier may hold the same as this.</source>
        <translation>Kopier av programmets oversikt som er tatt tidligere, kan inneholde det samme som dette.</translation>
    </message>
    <message>
        <source>made by {name}</source>
        <translation>laget av {name}</translation>
    </message>
    <message>
        <source>{when}, times as in {zone}</source>
        <translation>{when}, klokkeslett i {zone}</translation>
    </message>
    <message>
        <source>Everything the appointment program has about {name}</source>
        <translation>Alt timeboken har om {name}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Navn</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>Fødselsdato</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Leyr&apos;s reference</source>
        <translation>Leyrs referanse</translation>
    </message>
    <message>
        <source>none: the person was looked up, and nothing was kept but that</source>
        <translation>ingen: Personen ble slått opp, og bare det er skrevet ned</translation>
    </message>
    <message>
        <source>Own row in the ledger</source>
        <translation>Egen rad i oversikten</translation>
    </message>
    <message>
        <source>First written</source>
        <translation>Først skrevet</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>Sist endret</translation>
    </message>
    <message>
        <source>Details wiped</source>
        <translation>Opplysninger slettet</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Når</translation>
    </message>
    <message>
        <source>With, what</source>
        <translation>Hos, hva</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Comment, reason</source>
        <translation>Kommentar, årsak</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Skrevet</translation>
    </message>
    <message>
        <source>Appointments that were booked or tried from here ({count})</source>
        <translation>Timer som er bestilt eller forsøkt bestilt herfra ({count})</translation>
    </message>
    <message>
        <source>What was asked for</source>
        <translation>Hva det ble bedt om</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>Utfall</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referanse</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Av</translation>
    </message>
    <message>
        <source>What was asked of {emr} ({count})</source>
        <translation>Hva {emr} ble bedt om ({count})</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Hva som ble gjort</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>Skranke</translation>
    </message>
    <message>
        <source>Who looked, and who did what ({count})</source>
        <translation>Hvem som så, og hvem som gjorde hva ({count})</translation>
    </message>
    <message>
        <source>nobody was named</source>
        <translation>ingen navngitt</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Ingen.</translation>
    </message>
    <message>
        <source>This desk&apos;s record could not be read or written, so nothing was done. Try again.</source>
        <translation>Oversikten over timer kunne ikke leses eller skrives, så ingenting ble gjort. Prøv igjen.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing was saved. Make room, or choose another disk.</source>
        <translation>Disken er full, så ingenting ble lagret. Rydd plass, eller velg en annen disk.</translation>
    </message>
    <message>
        <source>It could not be saved there: the folder can&apos;t be written to, or the file is open in another program. Choose another place.</source>
        <translation>Det kunne ikke lagres der: Mappen kan ikke skrives til, eller filen er åpen i et annet program. Velg et annet sted.</translation>
    </message>
    <message>
        <source>Only an administrator may do that. Nothing was done.</source>
        <translation>Bare en administrator kan gjøre det. Ingenting ble gjort.</translation>
    </message>
    <message>
        <source>Nothing was wiped: something about this person is open or still to come. It may have been booked at another desk in this moment.</source>
        <translation>Ingenting ble slettet: Noe om denne personen er uavklart eller ligger fram i tid. Det kan være bestilt ved en annen skranke akkurat nå.</translation>
    </message>
    <message>
        <source>There are no details of this person to wipe.</source>
        <translation>Det er ingen opplysninger om denne personen å slette.</translation>
    </message>
    <message>
        <source>Settle what is open first; nobody would know whose it is.</source>
        <translation>Avklar først det som gjenstår; ellers vet ingen hvem det gjelder.</translation>
    </message>
    <message>
        <source>Cancel it first, or wait until it is over: until then the desk must know who comes.</source>
        <translation>Avlys timen først, eller vent til den er over: Inntil da må skranken vite hvem som kommer.</translation>
    </message>
    <message>
        <source>Nothing can be wiped yet:</source>
        <translation>Ingenting kan slettes ennå:</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Choose a free time</source>
        <translation>Velg en ledig time</translation>
    </message>
    <message>
        <source>{clinic} has nothing that can be booked in {emr}.</source>
        <translation>{clinic} har ingen ressurser som kan bestilles i {emr}.</translation>
    </message>
    <message>
        <source>{clinic} offers no services in {emr}, so no time can be free.</source>
        <translation>{clinic} har ingen timetyper i {emr}, så ingen timer kan være ledige.</translation>
    </message>
    <message>
        <source>Click a free time in the book, or press Ctrl+B, go there with the arrow keys and press Enter. Then find the patient and press Enter again.

The book shows the times that {emr} offers and what this clinic booked with this program.</source>
        <translation>Klikk på en ledig time i timeboken, eller trykk Ctrl+B, gå dit med piltastene og trykk Enter. Finn så pasienten, og trykk Enter igjen.

Timeboken viser timene som {emr} tilbyr, og timene klinikken har bestilt med dette programmet.</translation>
    </message>
    <message>
        <source>Free: can be booked</source>
        <translation>Ledig: kan bestilles</translation>
    </message>
    <message>
        <source>Not offered: closed, taken or kept back</source>
        <translation>Tilbys ikke: stengt, opptatt, holdt av</translation>
    </message>
    <message>
        <source>Not loaded yet</source>
        <translation>Ikke hentet ennå</translation>
    </message>
    <message>
        <source>Booked, in its service&apos;s colour</source>
        <translation>Bestilt, i fargen til timetypen</translation>
    </message>
    <message>
        <source>Booked, in its status&apos;s colour</source>
        <translation>Bestilt, i fargen til statusen</translation>
    </message>
    <message>
        <source>Awaiting the patient&apos;s code</source>
        <translation>Venter på kode fra pasienten</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Sendes nå</translation>
    </message>
    <message>
        <source>Not known: look it up</source>
        <translation>Uavklart: må undersøkes</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Gjennomført</translation>
    </message>
    <message>
        <source>Cancelled: takes no time</source>
        <translation>Avlyst: opptar ingen tid</translation>
    </message>
</context>
<context>
    <name>EmrField</name>
    <message>
        <source>{name} can: {what}.</source>
        <translation>{name} kan: {what}.</translation>
    </message>
    <message>
        <source>It can&apos;t, through Leyr: {what}.</source>
        <translation>Det går ikke gjennom Leyr: {what}.</translation>
    </message>
    <message>
        <source>Not known until it is tried: {what}.</source>
        <translation>Ikke kjent før det er prøvd: {what}.</translation>
    </message>
    <message>
        <source>show free times</source>
        <translation>vise ledige timer</translation>
    </message>
    <message>
        <source>book</source>
        <translation>bestille time</translation>
    </message>
    <message>
        <source>cancel</source>
        <translation>avlyse time</translation>
    </message>
    <message>
        <source>move in one step</source>
        <translation>flytte i ett steg</translation>
    </message>
    <message>
        <source>register patients</source>
        <translation>registrere pasienter</translation>
    </message>
    <message>
        <source>search patients</source>
        <translation>søke etter pasienter</translation>
    </message>
    <message>
        <source>list a patient&apos;s appointments</source>
        <translation>vise timene til en pasient</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>From</source>
        <translation>Fra</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Til</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Hvem</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Hva</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Looks at a patient</source>
        <translation>Har sett på en pasient</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Pasient</translation>
    </message>
    <message>
        <source>Nobody named</source>
        <translation>Ingen navngitt</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>Find anything ({keys})</source>
        <translation>Finn hva som helst ({keys})</translation>
    </message>
    <message>
        <source>Find patients, free times, days and commands</source>
        <translation>Finn pasienter, ledige timer, dager og kommandoer</translation>
    </message>
    <message>
        <source>A name or birth date, “next free”, “friday”, “week 50”, or a command</source>
        <translation>Navn eller fødselsdato, «neste ledige», «fredag», «uke 50» eller en kommando</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Treff</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ingen treff</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} treff</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pasienter</translation>
    </message>
    <message>
        <source>Free times</source>
        <translation>Ledige timer</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Dager</translation>
    </message>
    <message>
        <source>Show in the book</source>
        <translation>Vis i timeboken</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Kommandoer</translation>
    </message>
    <message>
        <source>nobody is known by this number</source>
        <translation>ingen er kjent med dette nummeret</translation>
    </message>
    <message>
        <source>Register or look up in {emr} …</source>
        <translation>Registrer eller slå opp i {emr} …</translation>
    </message>
    <message>
        <source>same birth date</source>
        <translation>samme fødselsdato</translation>
    </message>
    <message>
        <source>New patient …</source>
        <translation>Ny pasient …</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>ingen treff</translation>
    </message>
    <message>
        <source>{date} does not exist</source>
        <translation>{date} finnes ikke</translation>
    </message>
    <message>
        <source>Week {number}</source>
        <translation>Uke {number}</translation>
    </message>
    <message>
        <source>from {day}</source>
        <translation>fra {day}</translation>
    </message>
    <message>
        <source>“{limit}” can&apos;t be read as a limit</source>
        <translation>«{limit}» kan ikke leses som en grense</translation>
    </message>
    <message>
        <source>More free times …</source>
        <translation>Flere ledige timer …</translation>
    </message>
    <message>
        <source>Search for a free time …</source>
        <translation>Søk etter ledig time …</translation>
    </message>
    <message>
        <source>choose days and hours</source>
        <translation>velg dager og klokkeslett</translation>
    </message>
    <message>
        <source>{count} services</source>
        <translation>{count} timetyper</translation>
    </message>
    <message>
        <source>Show only {name}</source>
        <translation>Vis bare {name}</translation>
    </message>
    <message>
        <source>Show free times for {service}</source>
        <translation>Vis ledige timer for {service}</translation>
    </message>
</context>
<context>
    <name>FirstUserBand</name>
    <message>
        <source>Name the first one …</source>
        <translation>Legg inn den første …</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Senere</translation>
    </message>
    <message>
        <source>Nobody is named at this desk yet: it can&apos;t lock, and the record can&apos;t tell who did what.</source>
        <translation>Ingen brukere er lagt inn ennå. Programmet kan ikke låses, og loggen kan ikke vise hvem som gjorde hva.</translation>
    </message>
</context>
<context>
    <name>Fixed</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Fastsatt av IT-ansvarlig</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>User guide</source>
        <translation>Brukerveiledning</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Søk i veiledningen</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Innhold</translation>
    </message>
    <message>
        <source>No page has these words.</source>
        <translation>Ingen side har disse ordene.</translation>
    </message>
    <message>
        <source>The page</source>
        <translation>Siden</translation>
    </message>
    <message>
        <source>{count} pages, the first is {title}</source>
        <translation>{count} sider, den første er {title}</translation>
    </message>
</context>
<context>
    <name>Holidays</name>
    <message>
        <source>New Year&apos;s Day</source>
        <translation>Første nyttårsdag</translation>
    </message>
    <message>
        <source>Maundy Thursday</source>
        <translation>Skjærtorsdag</translation>
    </message>
    <message>
        <source>Good Friday</source>
        <translation>Langfredag</translation>
    </message>
    <message>
        <source>Easter Sunday</source>
        <translation>Første påskedag</translation>
    </message>
    <message>
        <source>Easter Monday</source>
        <translation>Andre påskedag</translation>
    </message>
    <message>
        <source>Labour Day</source>
        <translation>Arbeidernes dag</translation>
    </message>
    <message>
        <source>Constitution Day</source>
        <translation>Grunnlovsdagen</translation>
    </message>
    <message>
        <source>Ascension Day</source>
        <translation>Kristi himmelfartsdag</translation>
    </message>
    <message>
        <source>Whit Sunday</source>
        <translation>Første pinsedag</translation>
    </message>
    <message>
        <source>Whit Monday</source>
        <translation>Andre pinsedag</translation>
    </message>
    <message>
        <source>Christmas Day</source>
        <translation>Første juledag</translation>
    </message>
    <message>
        <source>Boxing Day</source>
        <translation>Andre juledag</translation>
    </message>
</context>
<context>
    <name>Judgements</name>
    <message>
        <source>This is the number of a made-up person.</source>
        <translation>Dette er nummeret til en oppdiktet person.</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Navnet mangler.</translation>
    </message>
    <message>
        <source>At most {count} characters.</source>
        <translation>Høyst {count} tegn.</translation>
    </message>
    <message>
        <source>A name has letters.</source>
        <translation>Et navn har bokstaver.</translation>
    </message>
    <message>
        <source>A name has no digits.</source>
        <translation>Et navn har ikke sifre.</translation>
    </message>
    <message>
        <source>The EHR can&apos;t store this sign: {characters}</source>
        <translation>Journalsystemet kan ikke lagre dette tegnet: {characters}</translation>
    </message>
    <message>
        <source>The name holds a sign that can&apos;t be seen ({characters}). Type the name again.</source>
        <translation>Navnet inneholder et usynlig tegn ({characters}). Skriv navnet på nytt.</translation>
    </message>
    <message>
        <source>Not part of a name: {characters}</source>
        <translation>Hører ikke til i et navn: {characters}</translation>
    </message>
    <message>
        <source>A phone number is needed.</source>
        <translation>Telefonnummeret mangler.</translation>
    </message>
    <message>
        <source>A phone number has no letters.</source>
        <translation>Et telefonnummer har ikke bokstaver.</translation>
    </message>
    <message>
        <source>A phone number has digits, and a + before the country code.</source>
        <translation>Et telefonnummer har bare sifre, og + foran landkoden.</translation>
    </message>
    <message>
        <source>No country has this code.</source>
        <translation>Ingen land har denne landkoden.</translation>
    </message>
    <message>
        <source>Too few digits for a phone number.</source>
        <translation>For få sifre til å være et telefonnummer.</translation>
    </message>
    <message>
        <source>Too many digits for a phone number.</source>
        <translation>For mange sifre til å være et telefonnummer.</translation>
    </message>
    <message>
        <source>No such phone number is in use.</source>
        <translation>Telefonnummeret er ikke i bruk.</translation>
    </message>
    <message>
        <source>This is not a person&apos;s phone number.</source>
        <translation>Dette er ikke telefonnummeret til en person.</translation>
    </message>
    <message>
        <source>An e-mail address looks like name@example.no.</source>
        <translation>En e-postadresse ser ut som navn@eksempel.no.</translation>
    </message>
    <message>
        <source>The national number is needed.</source>
        <translation>Fødselsnummeret mangler.</translation>
    </message>
    <message>
        <source>A national number has digits only, not: {characters}</source>
        <translation>Et fødselsnummer har bare sifre, ikke: {characters}</translation>
    </message>
    <message>
        <source>{count} of 11 digits.</source>
        <translation>{count} av 11 sifre.</translation>
    </message>
    <message>
        <source>{count} digits; a national number has 11.</source>
        <translation>{count} sifre. Et fødselsnummer har 11.</translation>
    </message>
    <message>
        <source>The first six digits are no date. Check them with the patient.</source>
        <translation>De seks første sifrene er ikke en dato. Kontroller dem med pasienten.</translation>
    </message>
    <message>
        <source>The check digits don&apos;t fit: a digit is probably wrong. Read the number back to the patient.</source>
        <translation>Kontrollsifrene stemmer ikke, så et siffer er trolig feil. Les nummeret opp for pasienten.</translation>
    </message>
    <message>
        <source>The birth date lies in the future.</source>
        <translation>Fødselsdatoen er fram i tid.</translation>
    </message>
    <message>
        <source>Numbers of this kind are not given out before 2032.</source>
        <translation>Numre av denne typen deles ikke ut før 2032.</translation>
    </message>
    <message>
        <source>This is a hospital&apos;s emergency number, or the number of a made-up person.</source>
        <translation>Dette er et hjelpenummer fra et sykehus, eller nummeret til en oppdiktet person.</translation>
    </message>
    <message>
        <source>A D-number doesn&apos;t tell the century. Ask the patient in which year they were born.</source>
        <translation>Et D-nummer forteller ikke hvilket århundre. Spør pasienten hvilket år hen er født.</translation>
    </message>
</context>
<context>
    <name>LedgerNotice</name>
    <message>
        <source>Try again</source>
        <translation>Prøv igjen</translation>
    </message>
    <message>
        <source>Enter the recovery key …</source>
        <translation>Skriv inn gjenopprettingsnøkkelen …</translation>
    </message>
    <message>
        <source>Begin a new record …</source>
        <translation>Begynn en ny oversikt …</translation>
    </message>
</context>
<context>
    <name>LedgerSentences</name>
    <message>
        <source>Nothing can be booked yet: this desk&apos;s record of appointments is not open.</source>
        <translation>Ingenting kan bestilles ennå: Oversikten over timer på denne datamaskinen er ikke åpen.</translation>
    </message>
    <message>
        <source>It is encrypted, and its key is not in this computer&apos;s key store. Your administrator may have the recovery key.</source>
        <translation>Den er kryptert, og nøkkelen finnes ikke i nøkkellageret på denne datamaskinen. IT-ansvarlig kan ha gjenopprettingsnøkkelen.</translation>
    </message>
    <message>
        <source>It is encrypted, and this key is not the one that it was written with. Your administrator may have the recovery key.</source>
        <translation>Den er kryptert med en annen nøkkel enn denne. IT-ansvarlig kan ha gjenopprettingsnøkkelen.</translation>
    </message>
    <message>
        <source>The key that your administrator has set for this computer can&apos;t be read: RECEPTION_LEDGER_KEY must be 64 hexadecimal digits.</source>
        <translation>Nøkkelen som IT-ansvarlig har satt for denne datamaskinen, kan ikke leses: RECEPTION_LEDGER_KEY må være 64 heksadesimale sifre.</translation>
    </message>
    <message>
        <source>It must be encrypted, and this computer has no key store for its key. Your administrator can set up one, or set RECEPTION_LEDGER_KEY.</source>
        <translation>Den må krypteres, og denne datamaskinen har ikke noe nøkkellager til nøkkelen. IT-ansvarlig kan sette opp et, eller sette RECEPTION_LEDGER_KEY.</translation>
    </message>
    <message>
        <source>This computer&apos;s key store is locked. Try again, and let it be unlocked when you are asked.</source>
        <translation>Nøkkellageret på denne datamaskinen er låst. Prøv igjen, og lås det opp når du blir spurt.</translation>
    </message>
    <message>
        <source>This computer&apos;s key store does not answer as it should. Try again, or restart the computer.</source>
        <translation>Nøkkellageret på denne datamaskinen svarer ikke som det skal. Prøv igjen, eller start datamaskinen på nytt.</translation>
    </message>
    <message>
        <source>The disk of this computer is full. Make room, or ask your administrator, then try again.</source>
        <translation>Disken på denne datamaskinen er full. Rydd plass, eller spør IT-ansvarlig, og prøv igjen.</translation>
    </message>
    <message>
        <source>Another program holds its file, such as a backup or a virus scanner. Wait a minute, then try again.</source>
        <translation>Et annet program bruker filen, for eksempel sikkerhetskopiering eller et antivirusprogram. Vent et minutt, og prøv igjen.</translation>
    </message>
    <message>
        <source>Its file is damaged and could not be put aside. Contact your administrator.</source>
        <translation>Filen er skadet og kunne ikke legges til side. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>Its file can&apos;t be written to. Your administrator can give this user the right to.</source>
        <translation>Det går ikke an å skrive til filen. IT-ansvarlig kan gi denne brukeren tilgang.</translation>
    </message>
    <message>
        <source>The disk of this computer answers with errors. Contact your administrator.</source>
        <translation>Disken på denne datamaskinen melder feil. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>It was written by a newer version of this program. Install that version on this computer.</source>
        <translation>Den er skrevet av en nyere versjon av programmet. Installer den versjonen på denne datamaskinen.</translation>
    </message>
    <message>
        <source>The clinic&apos;s server that keeps it can&apos;t be reached. Check the network, then try again.</source>
        <translation>Klinikkens server, som den ligger på, kan ikke nås. Kontroller nettet, og prøv igjen.</translation>
    </message>
    <message>
        <source>The clinic&apos;s server that keeps it does not let this computer in. Contact your administrator.</source>
        <translation>Klinikkens server, som den ligger på, slipper ikke denne datamaskinen inn. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>The address of the clinic&apos;s server in the settings can&apos;t be used. Contact your administrator.</source>
        <translation>Adressen til klinikkens server i innstillingene kan ikke brukes. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database is not made for every letter (its encoding must be UTF8). Contact your administrator.</source>
        <translation>Klinikkens database er ikke laget for alle bokstaver (tegnsettet må være UTF8). Kontakt administrator.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database answers with an error. Contact your administrator.</source>
        <translation>Klinikkens database svarer med en feil. Kontakt administrator.</translation>
    </message>
    <message>
        <source>The clinic&apos;s server does not know this connection to Leyr. Your administrator can add it: reception ledger add-connection. Then try again.</source>
        <translation>Klinikkens server kjenner ikke denne tilkoblingen til Leyr. IT-ansvarlig kan legge den til: reception ledger add-connection. Prøv så igjen.</translation>
    </message>
    <message>
        <source>The clinic&apos;s server that keeps it shows no certificate that this computer trusts, so nothing was sent to it. Contact your administrator.</source>
        <translation>Klinikkens server der den ligger viser ikke noe sertifikat som denne datamaskinen stoler på, så ingenting ble sendt dit. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>It was moved to the clinic&apos;s server, and this computer&apos;s settings do not name that server. Contact your administrator.</source>
        <translation>Den er flyttet til klinikkens server, og innstillingene på denne datamaskinen nevner ikke serveren. Kontakt IT-ansvarlig.</translation>
    </message>
</context>
<context>
    <name>ListView</name>
    <message>
        <source>Day</source>
        <translation>Dag</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>Ressurs</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Timetype</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Pasient</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Ledig</translation>
    </message>
    <message>
        <source>Appointment book as a list</source>
        <translation>Timeboken som liste</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Who are you?</source>
        <translation>Hvem er du?</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Lås opp</translation>
    </message>
    <message>
        <source>Made-up people and their PINs:</source>
        <translation>Oppdiktede personer og PIN-kodene deres:</translation>
    </message>
    <message>
        <source>{name} left something half done. It was not sent.</source>
        <translation>{name} har latt noe ligge halvferdig. Det er ikke sendt.</translation>
    </message>
    <message>
        <source>Go on where it was left?</source>
        <translation>Vil du fortsette?</translation>
    </message>
    <message>
        <source>Choose your name first.</source>
        <translation>Velg navnet ditt først.</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Kontrollerer …</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Fortsett med det</translation>
    </message>
    <message>
        <source>Put it away</source>
        <translation>Legg det bort</translation>
    </message>
    <message>
        <source>If you go on with it, it is yours: the record has your name.</source>
        <translation>Fortsetter du, er det ditt: Loggen får navnet ditt.</translation>
    </message>
    <message>
        <source>This desk is locked</source>
        <translation>Skranken er låst</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Practice mode: made-up people; nothing leaves this computer.</source>
        <translation>Øvelsesmodus: oppdiktede personer. Ingenting sendes ut av denne datamaskinen.</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>&amp;Program</translation>
    </message>
    <message>
        <source>Open &amp;practice mode</source>
        <translation>Åpne &amp;øvelsesmodus</translation>
    </message>
    <message>
        <source>&amp;Connect to Leyr …</source>
        <translation>&amp;Koble til Leyr …</translation>
    </message>
    <message>
        <source>&amp;Book</source>
        <translation>&amp;Timebok</translation>
    </message>
    <message>
        <source>P&amp;atient</source>
        <translation>Pa&amp;sient</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Vis</translation>
    </message>
    <message>
        <source>Sa&amp;ved views</source>
        <translation>La&amp;grede visninger</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>T&amp;ema</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Som &amp;systemet</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Lyst</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Mørkt</translation>
    </message>
    <message>
        <source>Light, high &amp;contrast</source>
        <translation>Lyst, høy &amp;kontrast</translation>
    </message>
    <message>
        <source>Dark, &amp;high contrast</source>
        <translation>Mørkt, &amp;høy kontrast</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>&amp;Språk</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hjelp</translation>
    </message>
    <message>
        <source>Practice mode</source>
        <translation>Øvelsesmodus</translation>
    </message>
    <message>
        <source>TEST CONNECTION</source>
        <translation>TESTFORBINDELSE</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Put the message away</source>
        <translation>Lukk meldingen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Angre</translation>
    </message>
    <message>
        <source>Reference: {id}</source>
        <translation>Referanse: {id}</translation>
    </message>
    <message>
        <source>{find}  find     {free}  next free     {book}  book     {guide}  guide</source>
        <translation>{find}  finn     {free}  neste ledige     {book}  timebok     {guide}  veiledning</translation>
    </message>
</context>
<context>
    <name>Month</name>
    <message>
        <source>not loaded</source>
        <translation>ikke hentet</translation>
    </message>
    <message>
        <source>1 free time</source>
        <translation>1 ledig time</translation>
    </message>
    <message>
        <source>{count} free times</source>
        <translation>{count} ledige timer</translation>
    </message>
    <message>
        <source>none free</source>
        <translation>ingen ledige</translation>
    </message>
</context>
<context>
    <name>MoveForm</name>
    <message>
        <source>Keep the old time</source>
        <translation>Behold den gamle timen</translation>
    </message>
    <message>
        <source>Not moved.</source>
        <translation>Ikke flyttet.</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Flyttes</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Fra</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Til</translation>
    </message>
    <message>
        <source>Choose the new time in the book.</source>
        <translation>Velg den nye timen i timeboken.</translation>
    </message>
    <message>
        <source>With the arrow keys and Enter, or with a click. Esc stops.</source>
        <translation>Med piltastene og Enter, eller med et klikk. Esc avbryter.</translation>
    </message>
    <message>
        <source>Moving …</source>
        <translation>Flytter …</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Flytt</translation>
    </message>
    <message>
        <source>The appointment is at {unit}. Show that care unit to choose its new time.</source>
        <translation>Timen er hos {unit}. Vis det behandlingsstedet for å velge ny tid.</translation>
    </message>
    <message>
        <source>“{service}” is not offered at {time}. Choose another time.</source>
        <translation>«{service}» tilbys ikke kl. {time}. Velg en annen tid.</translation>
    </message>
    <message>
        <source>{emr} may send the patient a message.</source>
        <translation>{emr} kan sende pasienten en melding.</translation>
    </message>
    <message>
        <source>{emr} can&apos;t do this in one step: the new time is booked first, then the old one is cancelled. The patient may get two messages, and perhaps two bills.</source>
        <translation>{emr} kan ikke gjøre dette i ett steg: Først bestilles den nye timen, så avlyses den gamle. Pasienten kan få to meldinger, og kanskje to regninger.</translation>
    </message>
    <message>
        <source>Another service: {new}, not {old}.</source>
        <translation>Annen timetype: {new}, ikke {old}.</translation>
    </message>
    <message>
        <source>Moved to another time</source>
        <translation>Flyttet til en annen tid</translation>
    </message>
</context>
<context>
    <name>NewPatientDialog</name>
    <message>
        <source>New patient</source>
        <translation>Ny pasient</translation>
    </message>
    <message>
        <source>11 digits</source>
        <translation>11 sifre</translation>
    </message>
    <message>
        <source>Read back and right: send it all the same</source>
        <translation>Lest opp og stemmer: Send det likevel</translation>
    </message>
    <message>
        <source>This person has one name only</source>
        <translation>Personen har bare ett navn</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registrer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>{emr} creates the patient, or gives back the one who has this number already. Phone and e-mail of somebody already there may be replaced.</source>
        <translation>{emr} oppretter pasienten, eller finner den som allerede har nummeret. Har pasienten telefon og e-post fra før, kan de bli erstattet.</translation>
    </message>
    <message>
        <source>National number</source>
        <translation>Fødselsnummer</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Fornavn</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Etternavn</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Phone (may be left out)</source>
        <translation>Telefon (valgfritt)</translation>
    </message>
    <message>
        <source>E-mail (may be left out)</source>
        <translation>E-post (valgfritt)</translation>
    </message>
    <message>
        <source>This is the number of a made-up person. This connection is for real patients, so it can&apos;t be sent.</source>
        <translation>Dette er nummeret til en oppdiktet person. Forbindelsen er for ekte pasienter, så det kan ikke sendes.</translation>
    </message>
    <message>
        <source>Leyr asks for both names.</source>
        <translation>Leyr ber om begge navn.</translation>
    </message>
    <message>
        <source>Leyr asks for both names: {emr} may refuse one. You are told if so.</source>
        <translation>Leyr ber om begge navn: {emr} kan avvise ett. Du får beskjed i så fall.</translation>
    </message>
    <message>
        <source>Use {person}</source>
        <translation>Velg {person}</translation>
    </message>
    <message>
        <source>Registering …</source>
        <translation>Registrerer …</translation>
    </message>
    <message>
        <source>None of these: register</source>
        <translation>Ingen av disse: Registrer</translation>
    </message>
</context>
<context>
    <name>NextFree</name>
    <message>
        <source>Free times found</source>
        <translation>Ledige timer funnet</translation>
    </message>
    <message>
        <source>not read again</source>
        <translation>ikke kontrollert</translation>
    </message>
    <message>
        <source>still free</source>
        <translation>fortsatt ledig</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>opptatt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Søker …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igjen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Flere</translation>
    </message>
    <message>
        <source>{count} found. Searching after {day} …</source>
        <translation>{count} funnet. Søker videre fra {day} …</translation>
    </message>
    <message>
        <source>{count} found. After {day} could not be read.</source>
        <translation>{count} funnet. Timer etter {day} kunne ikke hentes.</translation>
    </message>
    <message>
        <source>Nothing suits up to {day}.</source>
        <translation>Til og med {day} er det ingen ledige som passer.</translation>
    </message>
    <message>
        <source>{count} found, up to {day}  ·  read {time}</source>
        <translation>{count} funnet til og med {day}  ·  hentet {time}</translation>
    </message>
    <message>
        <source>Next free</source>
        <translation>Neste ledige</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Timetype</translation>
    </message>
    <message>
        <source>Look for free times of one service, or of all</source>
        <translation>Let etter ledige timer for én timetype, eller for alle</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressurser</translation>
    </message>
    <message>
        <source>Look for free times with these</source>
        <translation>Let etter ledige timer hos disse</translation>
    </message>
    <message>
        <source>Begins at or after</source>
        <translation>Begynner tidligst</translation>
    </message>
    <message>
        <source>Begins at or before</source>
        <translation>Begynner senest</translation>
    </message>
    <message>
        <source>Shortest length</source>
        <translation>Minste varighet</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Uansett</translation>
    </message>
    <message>
        <source>All services</source>
        <translation>Alle timetyper</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Fra</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Til</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Minst</translation>
    </message>
    <message>
        <source>Nobody is chosen: tick at least one resource.</source>
        <translation>Ingen er valgt: kryss av for minst én ressurs.</translation>
    </message>
    <message>
        <source>No day is chosen: choose at least one weekday.</source>
        <translation>Ingen dag er valgt: velg minst én ukedag.</translation>
    </message>
    <message>
        <source>“From” is later than “To”: no time is between them.</source>
        <translation>«Fra» er senere enn «Til»: ingen tid er mellom dem.</translation>
    </message>
</context>
<context>
    <name>PatientPicker</name>
    <message>
        <source>Name or birth date</source>
        <translation>Navn eller fødselsdato</translation>
    </message>
    <message>
        <source>Find patient</source>
        <translation>Finn pasient</translation>
    </message>
    <message>
        <source>Patients found</source>
        <translation>Pasienter funnet</translation>
    </message>
    <message>
        <source>found in {emr}</source>
        <translation>funnet i {emr}</translation>
    </message>
    <message>
        <source>Search in {emr} too</source>
        <translation>Søk også i {emr}</translation>
    </message>
    <message>
        <source>Nobody else by that name in {emr}</source>
        <translation>Ingen andre med det navnet i {emr}</translation>
    </message>
    <message>
        <source>New patient …</source>
        <translation>Ny pasient …</translation>
    </message>
    <message>
        <source>Nobody by that name here</source>
        <translation>Ingen med det navnet her</translation>
    </message>
    <message>
        <source>Nobody is known by this number</source>
        <translation>Ingen er kjent med dette nummeret</translation>
    </message>
    <message>
        <source>Register or look up in {emr} …</source>
        <translation>Registrer eller slå opp i {emr} …</translation>
    </message>
    <message>
        <source>same birth date</source>
        <translation>samme fødselsdato</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Bytt</translation>
    </message>
    <message>
        <source>Choose another patient</source>
        <translation>Velg en annen pasient</translation>
    </message>
    <message>
        <source>Registered, but nothing is booked yet.</source>
        <translation>Registrert, men ingen time er bestilt ennå.</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>birth date not known</source>
        <translation>ukjent fødselsdato</translation>
    </message>
    <message>
        <source>details wiped</source>
        <translation>opplysninger slettet</translation>
    </message>
    <message>
        <source>{name}, born {date}</source>
        <translation>{name}, født {date}</translation>
    </message>
    <message>
        <source>another has this name and birth date; nothing booked from here</source>
        <translation>en annen har samme navn og fødselsdato; ingenting bestilt herfra</translation>
    </message>
    <message>
        <source>another has this name and birth date; last here {date} {time}</source>
        <translation>en annen har samme navn og fødselsdato; sist her {date} kl. {time}</translation>
    </message>
</context>
<context>
    <name>PersonAppointments</name>
    <message>
        <source>Appointments booked from here</source>
        <translation>Timer bestilt herfra</translation>
    </message>
    <message>
        <source>Enter shows the day in the book.</source>
        <translation>Enter viser dagen i timeboken.</translation>
    </message>
    <message>
        <source>Booked from here: {coming} to come, {past} past</source>
        <translation>Bestilt herfra: {coming} kommende, {past} tidligere</translation>
    </message>
    <message>
        <source>Nothing was booked from here before</source>
        <translation>Ingenting er bestilt herfra før</translation>
    </message>
</context>
<context>
    <name>Policy</name>
    <message>
        <source>It holds a secret ({name}), which must not be there. Take it out.</source>
        <translation>Den inneholder en hemmelighet ({name}), som ikke skal stå der. Ta den ut.</translation>
    </message>
    <message>
        <source>“{name}” stands there twice. Take one out.</source>
        <translation>«{name}» står der to ganger. Ta bort den ene.</translation>
    </message>
    <message>
        <source>“{name}” is no setting of this version, or its value is none that it can have.</source>
        <translation>«{name}» er ingen innstilling i denne versjonen, eller verdien er ugyldig.</translation>
    </message>
    <message>
        <source>It is damaged, or may not be read.</source>
        <translation>Den er skadet, eller kan ikke leses.</translation>
    </message>
    <message>
        <source>Reception was not opened: the settings that your administrator has made for this computer can&apos;t be used, and without them it might do what it should not. Show this to your administrator.</source>
        <translation>Reception ble ikke åpnet: Innstillingene som IT-ansvarlig har fastsatt for denne datamaskinen, kan ikke brukes, og uten dem kan programmet gjøre noe det ikke skal. Vis dette til IT-ansvarlig.</translation>
    </message>
</context>
<context>
    <name>PrintDialog</name>
    <message>
        <source>Print {day}</source>
        <translation>Skriv ut {day}</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressurser</translation>
    </message>
    <message>
        <source>Name and birth date</source>
        <translation>Navn og fødselsdato</translation>
    </message>
    <message>
        <source>Initials only</source>
        <translation>Bare initialer</translation>
    </message>
    <message>
        <source>Phone numbers</source>
        <translation>Telefonnumre</translation>
    </message>
    <message>
        <source>For calling round, such as when somebody is ill</source>
        <translation>Til en ringerunde, for eksempel når en behandler er syk</translation>
    </message>
    <message>
        <source>Cancelled ones, struck out</source>
        <translation>Avlyste timer, overstrøket</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Skriv ut …</translation>
    </message>
    <message>
        <source>Save as PDF …</source>
        <translation>Lagre som PDF …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pasienter</translation>
    </message>
    <message>
        <source>Also on it</source>
        <translation>Ta også med</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 side</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} sider</translation>
    </message>
    <message>
        <source>Save the day as PDF</source>
        <translation>Lagre dagen som PDF</translation>
    </message>
    <message>
        <source>No printer is set up on this computer. Save as PDF instead.</source>
        <translation>Ingen skriver er satt opp på denne datamaskinen. Lagre som PDF i stedet.</translation>
    </message>
    <message>
        <source>Day list {date}</source>
        <translation>Dagsliste {date}</translation>
    </message>
    <message>
        <source>Saved. The file holds personal data: delete it when it is no longer needed.</source>
        <translation>Lagret. Filen inneholder personopplysninger: Slett den når den ikke trengs lenger.</translation>
    </message>
    <message>
        <source>Sent to the printer. Fetch it at once, and shred it afterwards.</source>
        <translation>Sendt til skriveren. Hent arket med en gang, og makuler det etterpå.</translation>
    </message>
    <message>
        <source>The record can&apos;t be reached: it is written there as soon as it can be.</source>
        <translation>Loggen kan ikke nås: Utskriften føres inn der så snart det går.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing was saved. Make room, or choose another disk.</source>
        <translation>Disken er full, så ingenting ble lagret. Rydd plass, eller velg en annen disk.</translation>
    </message>
    <message>
        <source>It could not be saved there: the folder can&apos;t be written to, or the file is open in another program. Choose another place.</source>
        <translation>Det kunne ikke lagres der: Mappen kan ikke skrives til, eller filen er åpen i et annet program. Velg et annet sted.</translation>
    </message>
    <message>
        <source>The printer took nothing. See whether it is on and has paper, or save as PDF and print that.</source>
        <translation>Skriveren tok ikke imot noe. Se om den er på og har papir, eller lagre som PDF og skriv ut den.</translation>
    </message>
    <message>
        <source>Your administrator has switched printing off.</source>
        <translation>IT-ansvarlig har slått av utskrift.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Forhåndsvisning</translation>
    </message>
</context>
<context>
    <name>ProfileBand</name>
    <message>
        <source>TEST CONNECTION: made-up people only. Book no real patient here.</source>
        <translation>TESTFORBINDELSE: bare oppdiktede personer. Ikke bestill time for ekte pasienter her.</translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message>
        <source>nobody</source>
        <translation>ingen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Hvem</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Hva</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Utfall</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Pasient</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mer</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>Skranke</translation>
    </message>
    <message>
        <source>Register patient</source>
        <translation>Registrere pasient</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Bestille</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avlyse</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Flytte</translation>
    </message>
    <message>
        <source>Confirm by code</source>
        <translation>Bekrefte med kode</translation>
    </message>
    <message>
        <source>Settle by hand</source>
        <translation>Avklare selv</translation>
    </message>
    <message>
        <source>Go on despite a warning</source>
        <translation>Fortsette tross advarsel</translation>
    </message>
    <message>
        <source>Open appointment</source>
        <translation>Åpne time</translation>
    </message>
    <message>
        <source>Choose patient</source>
        <translation>Velge pasient</translation>
    </message>
    <message>
        <source>Show national number</source>
        <translation>Vise fødselsnummer</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Eksportere</translation>
    </message>
    <message>
        <source>Print the day</source>
        <translation>Skrive ut dagen</translation>
    </message>
    <message>
        <source>Wipe details</source>
        <translation>Slette opplysninger</translation>
    </message>
    <message>
        <source>Put off wiping details: is the clock right?</source>
        <translation>Utsette sletting av opplysninger: Går klokken riktig?</translation>
    </message>
    <message>
        <source>Put back a copy of all appointments</source>
        <translation>Legge tilbake en kopi av alle timene</translation>
    </message>
    <message>
        <source>Bring this desk&apos;s own appointments here</source>
        <translation>Flytte timene fra denne datamaskinen hit</translation>
    </message>
    <message>
        <source>Open this record with another connection</source>
        <translation>Åpne denne datamaskinens liste med en annen tilkobling</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Låse opp</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Låse</translation>
    </message>
    <message>
        <source>Take over the desk</source>
        <translation>Overta skranken</translation>
    </message>
    <message>
        <source>Wrong PIN</source>
        <translation>Feil PIN</translation>
    </message>
    <message>
        <source>Add user</source>
        <translation>Legge til bruker</translation>
    </message>
    <message>
        <source>Change user</source>
        <translation>Endre bruker</translation>
    </message>
    <message>
        <source>Read this record</source>
        <translation>Lese denne loggen</translation>
    </message>
    <message>
        <source>Export this record</source>
        <translation>Eksportere denne loggen</translation>
    </message>
    <message>
        <source>wished</source>
        <translation>ønsket</translation>
    </message>
    <message>
        <source>done</source>
        <translation>utført</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>avvist</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>uavklart</translation>
    </message>
    <message>
        <source>answered late</source>
        <translation>svar kom sent</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>administrator</translation>
    </message>
    <message>
        <source>no administrator</source>
        <translation>ikke administrator</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>nytt navn</translation>
    </message>
    <message>
        <source>activated</source>
        <translation>aktivert</translation>
    </message>
    <message>
        <source>deactivated</source>
        <translation>deaktivert</translation>
    </message>
    <message>
        <source>new PIN</source>
        <translation>ny PIN</translation>
    </message>
    <message>
        <source>nobody touched it</source>
        <translation>ingen brukte den</translation>
    </message>
    <message>
        <source>by key</source>
        <translation>med tast</translation>
    </message>
    <message>
        <source>with the computer</source>
        <translation>sammen med datamaskinen</translation>
    </message>
    <message>
        <source>everything about the patient, as PDF</source>
        <translation>alt om pasienten, som PDF</translation>
    </message>
    <message>
        <source>everything about the patient, as JSON</source>
        <translation>alt om pasienten, som JSON</translation>
    </message>
    <message>
        <source>somebody looked in the EHR</source>
        <translation>noen så etter i journalsystemet</translation>
    </message>
    <message>
        <source>registered beside somebody alike</source>
        <translation>registrert ved siden av en som ligner</translation>
    </message>
    <message>
        <source>the EHR has another name</source>
        <translation>journalsystemet har et annet navn</translation>
    </message>
    <message>
        <source>wrong check digits</source>
        <translation>feil kontrollsifre</translation>
    </message>
    <message>
        <source>born in the future</source>
        <translation>født i framtiden</translation>
    </message>
    <message>
        <source>a number that is not issued yet</source>
        <translation>et nummer som ikke er tatt i bruk ennå</translation>
    </message>
    <message>
        <source>real or made up</source>
        <translation>ekte eller oppdiktet</translation>
    </message>
    <message>
        <source>century not told</source>
        <translation>århundre ikke kjent</translation>
    </message>
    <message>
        <source>its own record of who did what: {count} lines</source>
        <translation>egen logg over hvem som gjorde hva: {count} linjer</translation>
    </message>
    <message>
        <source>the EHR</source>
        <translation>journalsystemet</translation>
    </message>
    <message>
        <source>{count} people</source>
        <translation>{count} personer</translation>
    </message>
    <message>
        <source>initials only</source>
        <translation>bare initialer</translation>
    </message>
    <message>
        <source>as PDF</source>
        <translation>som PDF</translation>
    </message>
</context>
<context>
    <name>RecordDialog</name>
    <message>
        <source>Who did what</source>
        <translation>Hvem gjorde hva</translation>
    </message>
    <message>
        <source>Show older lines</source>
        <translation>Vis eldre linjer</translation>
    </message>
    <message>
        <source>Check that it is whole</source>
        <translation>Kontroller at den er hel</translation>
    </message>
    <message>
        <source>Save as CSV …</source>
        <translation>Lagre som CSV …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
    <message>
        <source>Lines of the record, newest first</source>
        <translation>Linjer i loggen, nyeste først</translation>
    </message>
    <message>
        <source>record</source>
        <translation>logg</translation>
    </message>
    <message>
        <source>Save the record</source>
        <translation>Lagre loggen</translation>
    </message>
    <message>
        <source>The file could not be written. Choose another place.</source>
        <translation>Filen kunne ikke skrives. Velg et annet sted.</translation>
    </message>
    <message>
        <source>{count} lines are in the file.</source>
        <translation>Filen har {count} linjer.</translation>
    </message>
    <message>
        <source>The record could not be read. Try again.</source>
        <translation>Loggen kunne ikke leses. Prøv igjen.</translation>
    </message>
    <message>
        <source>No such lines.</source>
        <translation>Ingen slike linjer.</translation>
    </message>
    <message>
        <source>The newest {count} lines; there are older ones.</source>
        <translation>De {count} nyeste linjene. Det finnes eldre.</translation>
    </message>
    <message>
        <source>{count} lines.</source>
        <translation>{count} linjer.</translation>
    </message>
    <message>
        <source>Checked {lines} of {of} lines …</source>
        <translation>{lines} av {of} linjer er kontrollert …</translation>
    </message>
    <message>
        <source>Whole: {lines} lines, none changed or missing. Last hash: {hash}</source>
        <translation>Hel: {lines} linjer, ingen er endret eller mangler. Siste kontrollverdi: {hash}</translation>
    </message>
    <message>
        <source>Not whole: line {line} was taken out.</source>
        <translation>Ikke hel: Linje {line} er fjernet.</translation>
    </message>
    <message>
        <source>Not whole: line {line} is not as it was written.</source>
        <translation>Ikke hel: Linje {line} er ikke slik den ble skrevet.</translation>
    </message>
    <message>
        <source>Not whole: the lines from {line} on were cut off.</source>
        <translation>Ikke hel: Linjene fra og med {line} er kuttet bort.</translation>
    </message>
</context>
<context>
    <name>RecoveryKeyDialog</name>
    <message>
        <source>Recovery key</source>
        <translation>Gjenopprettingsnøkkel</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>Åpne oversikten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Type the 64 characters as your administrator printed them: digits and the letters a to f, four and four.</source>
        <translation>Skriv de 64 tegnene slik IT-ansvarlig skrev dem ut: sifre og bokstavene a til f, fire og fire.</translation>
    </message>
    <message>
        <source>“{sign}” is not in such a key.</source>
        <translation>«{sign}» finnes ikke i en slik nøkkel.</translation>
    </message>
    <message>
        <source>{typed} of {all} characters</source>
        <translation>{typed} av {all} tegn</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopier</translation>
    </message>
    <message>
        <source>&amp;Save …</source>
        <translation>&amp;Lagre …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Lagre rapporten</translation>
    </message>
</context>
<context>
    <name>SaveViewDialog</name>
    <message>
        <source>Save as {key}</source>
        <translation>Lagre på {key}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Navn</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lagre</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>{key} will show the resources, the service, and the day or week as they are shown now.</source>
        <translation>{key} henter fram ressurser, timetype og dag eller uke slik de vises nå.</translation>
    </message>
    <message>
        <source>It takes the place of “{name}”.</source>
        <translation>Den erstatter «{name}».</translation>
    </message>
</context>
<context>
    <name>SavedViews</name>
    <message>
        <source>Save what is shown on {key} …</source>
        <translation>Lagre det som vises, på {key} …</translation>
    </message>
    <message>
        <source>Save what is shown …</source>
        <translation>Lagre det som vises …</translation>
    </message>
    <message>
        <source>Nothing saved on {key}</source>
        <translation>Ingenting lagret på {key}</translation>
    </message>
    <message>
        <source>A view that you save</source>
        <translation>En visning du lagrer</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>week</source>
        <translation>uke</translation>
    </message>
    <message>
        <source>day</source>
        <translation>dag</translation>
    </message>
    <message>
        <source>Nothing is saved on {key} yet.</source>
        <translation>Ingenting er lagret på {key} ennå.</translation>
    </message>
    <message>
        <source>Ctrl+Shift and the same key keeps the resources and the service shown now.</source>
        <translation>Ctrl+Shift og samme tast lagrer ressursene og timetypen som vises nå.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Reference: {id}</source>
        <translation>Referanse: {id}</translation>
    </message>
    <message>
        <source>No answer yet.</source>
        <translation>Ikke noe svar ennå.</translation>
    </message>
    <message>
        <source>The clinic could not be read.</source>
        <translation>Klinikken kunne ikke hentes.</translation>
    </message>
    <message>
        <source>Free times could not be read.</source>
        <translation>Ledige timer kunne ikke hentes.</translation>
    </message>
    <message>
        <source>Patients could not be looked up.</source>
        <translation>Det gikk ikke å søke etter pasienter.</translation>
    </message>
    <message>
        <source>This desk&apos;s own record could not be read.</source>
        <translation>Oversikten over timer på denne datamaskinen kunne ikke leses.</translation>
    </message>
    <message>
        <source>The clinic&apos;s shared book was put back from an older copy.</source>
        <translation>Klinikkens felles timebok er lagt tilbake fra en eldre kopi.</translation>
    </message>
    <message>
        <source>Missing: {field}.</source>
        <translation>Mangler: {field}.</translation>
    </message>
    <message>
        <source>{emr} says: “{details}”</source>
        <translation>{emr} svarer: «{details}»</translation>
    </message>
    <message>
        <source>This computer says: “{details}”</source>
        <translation>Datamaskinen sier: «{details}»</translation>
    </message>
    <message>
        <source>Wait {seconds} s, then try again.</source>
        <translation>Vent {seconds} s, og prøv igjen.</translation>
    </message>
    <message>
        <source>Leyr&apos;s address</source>
        <translation>Adressen til Leyr</translation>
    </message>
    <message>
        <source>The EHR code</source>
        <translation>Koden for journalsystemet</translation>
    </message>
    <message>
        <source>The client id</source>
        <translation>Klient-ID-en</translation>
    </message>
    <message>
        <source>The client secret</source>
        <translation>Klienthemmeligheten</translation>
    </message>
    <message>
        <source>{part} can&apos;t be used. {why}</source>
        <translation>{part} kan ikke brukes. {why}</translation>
    </message>
    <message>
        <source>{person}, {day} {time}</source>
        <translation>{person}, {day} {time}</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>Undo: cancel the booking of {time}</source>
        <translation>Angre: avlys timen {time}</translation>
    </message>
    <message>
        <source>Undo: book {time} again</source>
        <translation>Angre: bestill {time} på nytt</translation>
    </message>
    <message>
        <source>Undo: move {time} back to {old}</source>
        <translation>Angre: flytt {time} tilbake til {old}</translation>
    </message>
    <message>
        <source>Not in {emr} any more: {who}.</source>
        <translation>Finnes ikke lenger i {emr}: {who}.</translation>
    </message>
    <message>
        <source>Sent, but not surely booked: {who}.</source>
        <translation>Sendt, men ikke sikkert bestilt: {who}.</translation>
    </message>
    <message>
        <source>Not moved, it is cancelled: {who}.</source>
        <translation>Ikke flyttet, den er avlyst: {who}.</translation>
    </message>
    <message>
        <source>It was cancelled before: {who}.</source>
        <translation>Den var avlyst fra før: {who}.</translation>
    </message>
    <message>
        <source>Not moved: {who}.</source>
        <translation>Ikke flyttet: {who}.</translation>
    </message>
    <message>
        <source>Not cancelled: {who}.</source>
        <translation>Ikke avlyst: {who}.</translation>
    </message>
    <message>
        <source>Ask the patient for the code from the message, and enter it on the right.</source>
        <translation>Spør pasienten etter koden i meldingen, og skriv den inn til høyre.</translation>
    </message>
    <message>
        <source>The old time stands until then; remove it afterwards.</source>
        <translation>Den gamle timen står til det er gjort. Fjern den etterpå.</translation>
    </message>
    <message>
        <source>Leyr gives it the status “{status}”, which this program does not know. Look in {emr} how it stands before you tell the caller.</source>
        <translation>Leyr oppgir statusen «{status}», som programmet ikke kjenner. Se i {emr} hvordan timen står, før du svarer den som ringer.</translation>
    </message>
    <message>
        <source>It was cancelled or removed there before, and now counts as cancelled here. Its time is free.</source>
        <translation>Timen er avlyst eller fjernet der fra før, og regnes nå som avlyst også her. Tiden er ledig.</translation>
    </message>
    <message>
        <source>Tell the caller the new time. Then remove the old one: choose it at the top.</source>
        <translation>Oppgi den nye timen til den som ringer. Fjern så den gamle: Velg den øverst.</translation>
    </message>
    <message>
        <source>It holds spaces or signs that an address can&apos;t have.</source>
        <translation>Den inneholder mellomrom eller tegn som en adresse ikke kan ha.</translation>
    </message>
    <message>
        <source>It must begin with https://.</source>
        <translation>Den må begynne med https://.</translation>
    </message>
    <message>
        <source>It names no server.</source>
        <translation>Den mangler navnet på en server.</translation>
    </message>
    <message>
        <source>It must be a plain address, without user name, ? or #.</source>
        <translation>Den må være en ren adresse, uten brukernavn, ? eller #.</translation>
    </message>
    <message>
        <source>It must begin with https://, or the secret could be read on the way.</source>
        <translation>Den må begynne med https://, ellers kan hemmeligheten leses underveis.</translation>
    </message>
    <message>
        <source>It is not an address.</source>
        <translation>Den er ikke en adresse.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Den er tom.</translation>
    </message>
    <message>
        <source>It holds spaces or signs that it can&apos;t have.</source>
        <translation>Den inneholder mellomrom eller tegn som den ikke kan ha.</translation>
    </message>
    <message>
        <source>Booked: {who}.</source>
        <translation>Bestilt: {who}.</translation>
    </message>
    <message>
        <source>Not booked yet: {who} waits for a code.</source>
        <translation>Ikke bestilt ennå, venter på kode: {who}.</translation>
    </message>
    <message>
        <source>Not booked: {who}.</source>
        <translation>Ikke bestilt: {who}.</translation>
    </message>
    <message>
        <source>Not known if booked: {who}.</source>
        <translation>Uavklart om timen er bestilt: {who}.</translation>
    </message>
    <message>
        <source>Cancelled: {who}.</source>
        <translation>Avlyst: {who}.</translation>
    </message>
    <message>
        <source>Not cancelled yet: {who} waits for a code.</source>
        <translation>Ikke avlyst ennå, venter på kode: {who}.</translation>
    </message>
    <message>
        <source>Not cancelled, it still stands: {who}.</source>
        <translation>Ikke avlyst, timen står fortsatt: {who}.</translation>
    </message>
    <message>
        <source>Not known if cancelled: {who}.</source>
        <translation>Uavklart om timen er avlyst: {who}.</translation>
    </message>
    <message>
        <source>Confirmed: {who}.</source>
        <translation>Bekreftet: {who}.</translation>
    </message>
    <message>
        <source>Still waiting for a code: {who}.</source>
        <translation>Venter fortsatt på kode: {who}.</translation>
    </message>
    <message>
        <source>The code was not accepted: {who}.</source>
        <translation>Koden ble ikke godtatt: {who}.</translation>
    </message>
    <message>
        <source>Not known if confirmed: {who}.</source>
        <translation>Uavklart om timen er bekreftet: {who}.</translation>
    </message>
    <message>
        <source>Moved: {who}, from {old}.</source>
        <translation>Flyttet: {who}, fra {old}.</translation>
    </message>
    <message>
        <source>Not moved, it stands as before: {who}.</source>
        <translation>Ikke flyttet, timen står som før: {who}.</translation>
    </message>
    <message>
        <source>Not known if moved: {who}, from {old}.</source>
        <translation>Uavklart om timen er flyttet: {who}, fra {old}.</translation>
    </message>
    <message>
        <source>The answer does not fit what was asked.</source>
        <translation>Svaret fra Leyr stemmer ikke med det som ble sendt.</translation>
    </message>
    <message>
        <source>It could not be written down: another program holds the record just now. Try again in a moment.</source>
        <translation>Det kunne ikke lagres: Et annet program bruker oversikten over timer akkurat nå. Prøv igjen om et øyeblikk.</translation>
    </message>
    <message>
        <source>It could not be written down: the record was moved, replaced or made read-only. Contact your administrator.</source>
        <translation>Det kunne ikke lagres: Oversikten over timer er flyttet, byttet ut eller skrivebeskyttet. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>Another desk has a newer version of this program, and the clinic&apos;s shared book is kept as that one needs it. Install that version on this computer, and start it again.</source>
        <translation>En annen skranke har en nyere versjon av programmet, og klinikkens felles timebok føres slik den versjonen krever. Installer den på denne datamaskinen, og start programmet på nytt.</translation>
    </message>
    <message>
        <source>What was booked, moved or cancelled after that copy was made is in {emr} only. Look there before you tell a caller how it stands.</source>
        <translation>Det som ble bestilt, flyttet eller avlyst etter at kopien ble laget, står bare i {emr}. Se der før du svarer den som ringer.</translation>
    </message>
    <message>
        <source>Another desk is changing this appointment, or began to and got no answer. Nothing was sent from here. What comes of it is shown here, or stands among the tasks at the top.</source>
        <translation>En annen arbeidsplass endrer denne timen, eller begynte på det og fikk ikke svar. Ingenting ble sendt herfra. Utfallet vises her eller står blant oppgavene øverst.</translation>
    </message>
    <message>
        <source>{emr} answered with somebody of another name or number. Compare both with what was typed.</source>
        <translation>{emr} svarte med noen som har et annet navn eller nummer. Sammenlign begge med det som er skrevet.</translation>
    </message>
    <message>
        <source>It was settled meanwhile, at another desk or by Leyr&apos;s answer; this is how it stands.</source>
        <translation>Det er avklart i mellomtiden, ved en annen skranke eller av svaret fra Leyr; slik står det nå.</translation>
    </message>
    <message>
        <source>The clinic&apos;s shared book can&apos;t be reached, and nothing is booked without it. Try again when it is back.</source>
        <translation>Klinikkens felles timebok kan ikke nås, og uten den bestilles ingenting. Prøv igjen når den er tilbake.</translation>
    </message>
    <message>
        <source>The request may still arrive there. Look in {emr} again in three minutes, and say it then.</source>
        <translation>Forespørselen kan fortsatt komme fram. Se i {emr} på nytt om tre minutter, og svar da.</translation>
    </message>
    <message>
        <source>It is the number of a made-up person, and this connection is for real patients. Nothing was sent.</source>
        <translation>Det er nummeret til en oppdiktet person, og denne forbindelsen er for ekte pasienter. Ingenting ble sendt.</translation>
    </message>
    <message>
        <source>The number is probably mistyped, and nobody has said that it is right. Nothing was sent.</source>
        <translation>Nummeret er trolig skrevet feil, og ingen har sagt at det er riktig. Ingenting ble sendt.</translation>
    </message>
    <message>
        <source>Two appointments now: {who} is booked, and the old one of {old} may still stand.</source>
        <translation>To timer nå: {who} er bestilt, og den gamle timen {old} kan fortsatt stå.</translation>
    </message>
    <message>
        <source>Tell the caller that the new time will be confirmed later. Look in {emr} where the appointment is now, and say so on the right. Do not move it again before that.</source>
        <translation>Si til den som ringer, at den nye timen blir bekreftet senere. Se etter i {emr} hvor timen står nå, og svar til høyre. Ikke flytt på nytt før det er gjort.</translation>
    </message>
    <message>
        <source>Not moved yet: {who} waits for a code.</source>
        <translation>Ikke flyttet ennå, venter på kode: {who}.</translation>
    </message>
    <message>
        <source>Not undone: {who}.</source>
        <translation>Ikke angret: {who}.</translation>
    </message>
    <message>
        <source>Patient registered in {emr}: {who}.</source>
        <translation>Pasienten er registrert i {emr}: {who}.</translation>
    </message>
    <message>
        <source>Patient not registered yet.</source>
        <translation>Pasienten er ikke registrert ennå.</translation>
    </message>
    <message>
        <source>The patient was not registered.</source>
        <translation>Pasienten ble ikke registrert.</translation>
    </message>
    <message>
        <source>Not known if the patient was registered.</source>
        <translation>Uavklart om pasienten ble registrert.</translation>
    </message>
    <message>
        <source>Undone, booked again: {who}.</source>
        <translation>Angret, bestilt på nytt: {who}.</translation>
    </message>
    <message>
        <source>Not undone yet: {who} waits for a code.</source>
        <translation>Ikke angret ennå, venter på kode: {who}.</translation>
    </message>
    <message>
        <source>Not undone, it is still cancelled: {who}.</source>
        <translation>Ikke angret, timen er fortsatt avlyst: {who}.</translation>
    </message>
    <message>
        <source>Not known if undone and booked again: {who}.</source>
        <translation>Uavklart om avlysningen er angret og timen bestilt på nytt: {who}.</translation>
    </message>
    <message>
        <source>Undone, cancelled again: {who}.</source>
        <translation>Angret, timen er avlyst: {who}.</translation>
    </message>
    <message>
        <source>Not undone yet: cancelling {who} waits for a code.</source>
        <translation>Ikke angret ennå, avlysningen venter på kode: {who}.</translation>
    </message>
    <message>
        <source>Not undone, it is still booked: {who}.</source>
        <translation>Ikke angret, timen er fortsatt bestilt: {who}.</translation>
    </message>
    <message>
        <source>Not known if undone and cancelled: {who}.</source>
        <translation>Uavklart om bestillingen er angret og timen avlyst: {who}.</translation>
    </message>
    <message>
        <source>Undone, moved back: {who}.</source>
        <translation>Angret, flyttet tilbake: {who}.</translation>
    </message>
    <message>
        <source>Not undone, it stays where it is: {who}.</source>
        <translation>Ikke angret, timen står der den er: {who}.</translation>
    </message>
    <message>
        <source>Not known if undone and moved back: {who}.</source>
        <translation>Uavklart om flyttingen er angret og timen flyttet tilbake: {who}.</translation>
    </message>
    <message>
        <source>Not confirmed: {who}.</source>
        <translation>Ikke bekreftet: {who}.</translation>
    </message>
    <message>
        <source>Half undone, two appointments now: {who} is booked again, and {old} may still stand.</source>
        <translation>Bare halvveis angret, to timer nå: {who} er bestilt på nytt, og {old} kan fortsatt stå.</translation>
    </message>
    <message>
        <source>Trying again in {seconds} s.</source>
        <translation>Prøver igjen om {seconds} s.</translation>
    </message>
    <message>
        <source>It is not Leyr that answers there. The address ends with /api.</source>
        <translation>Det er ikke Leyr som svarer der. Adressen slutter på /api.</translation>
    </message>
    <message>
        <source>Tell the caller that the time will be confirmed later. Look in {emr} whether it is there, and say so on the right. Do not book it again before that.</source>
        <translation>Si til den som ringer, at timen blir bekreftet senere. Se etter i {emr} om timen er der, og svar til høyre. Ikke bestill på nytt før det er gjort.</translation>
    </message>
    <message>
        <source>Look in {emr} whether it is gone, and say so on the right. Until then it may still stand.</source>
        <translation>Se etter i {emr} om timen er borte, og svar til høyre. Inntil da kan den fortsatt stå.</translation>
    </message>
    <message>
        <source>Look in {emr} how the appointment stands, and say so on the right.</source>
        <translation>Se etter i {emr} hvordan timen står, og svar til høyre.</translation>
    </message>
    <message>
        <source>Registering the same person again is safe: {emr} gives back the one who is there.</source>
        <translation>Det er trygt å registrere samme person på nytt: {emr} finner den som allerede er der.</translation>
    </message>
    <message>
        <source>This time is no longer free. Choose another.</source>
        <translation>Timen er ikke lenger ledig. Velg en annen.</translation>
    </message>
    <message>
        <source>The time is not unique. Choose practitioner and service, then try again.</source>
        <translation>Flere ledige timer passer. Velg ressurs og timetype, og prøv igjen.</translation>
    </message>
    <message>
        <source>This patient is not found in {emr}. Look the patient up again.</source>
        <translation>Pasienten finnes ikke i {emr}. Søk etter pasienten på nytt.</translation>
    </message>
    <message>
        <source>The clinic set-up is out of date. Refresh, or contact the administrator.</source>
        <translation>Oppsettet for klinikken er utdatert. Oppdater, eller kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>This service is no longer offered. Refresh the services.</source>
        <translation>Timetypen tilbys ikke lenger. Oppdater timeboken.</translation>
    </message>
    <message>
        <source>This practitioner can&apos;t be booked. Refresh the clinic.</source>
        <translation>Ressursen kan ikke bestilles. Oppdater timeboken.</translation>
    </message>
    <message>
        <source>The appointment was not found. It may be changed or removed in {emr}; look there.</source>
        <translation>Timen ble ikke funnet. Den kan være endret eller fjernet i {emr}. Se etter der.</translation>
    </message>
    <message>
        <source>The comment is too long. Shorten it and try again.</source>
        <translation>Kommentaren er for lang. Kort den ned, og prøv igjen.</translation>
    </message>
    <message>
        <source>Something is missing in what was sent.</source>
        <translation>Det mangler opplysninger i det som ble sendt.</translation>
    </message>
    <message>
        <source>Too many at once.</source>
        <translation>For mange på én gang.</translation>
    </message>
    <message>
        <source>{emr} refused the information. Check number, name and phone.</source>
        <translation>{emr} godtok ikke opplysningene. Kontroller fødselsnummer, navn og telefon.</translation>
    </message>
    <message>
        <source>{emr} can&apos;t search by this kind of number.</source>
        <translation>{emr} kan ikke søke med denne typen nummer.</translation>
    </message>
    <message>
        <source>{emr} can&apos;t do this through Leyr. Do it in {emr}.</source>
        <translation>{emr} kan ikke gjøre dette gjennom Leyr. Gjør det i {emr}.</translation>
    </message>
    <message>
        <source>The request was refused. Nothing was changed.</source>
        <translation>Forespørselen ble avvist. Ingenting ble endret.</translation>
    </message>
    <message>
        <source>It was not found. Nothing was changed.</source>
        <translation>Det ble ikke funnet. Ingenting ble endret.</translation>
    </message>
    <message>
        <source>Leyr does not accept this program&apos;s client id or secret. Contact your administrator. Nothing was changed.</source>
        <translation>Leyr godtar ikke klient-ID-en eller klienthemmeligheten til programmet. Kontakt IT-ansvarlig. Ingenting ble endret.</translation>
    </message>
    <message>
        <source>Leyr does not know this EHR code. Contact your administrator. Nothing was changed.</source>
        <translation>Leyr kjenner ikke denne koden for journalsystemet. Kontakt IT-ansvarlig. Ingenting ble endret.</translation>
    </message>
    <message>
        <source>{emr} did not let Leyr in; the link between them must be renewed. Contact your administrator.</source>
        <translation>{emr} slapp ikke Leyr inn. Koblingen mellom dem må fornyes. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>{emr} did not accept this. Nothing was changed.</source>
        <translation>{emr} godtok ikke dette. Ingenting ble endret.</translation>
    </message>
    <message>
        <source>{emr} failed while answering.</source>
        <translation>{emr} fikk en feil og kunne ikke svare.</translation>
    </message>
    <message>
        <source>Leyr is not available right now. Try again in a minute.</source>
        <translation>Leyr er ikke tilgjengelig akkurat nå. Prøv igjen om et minutt.</translation>
    </message>
    <message>
        <source>Leyr asks for a pause. Nothing was changed.</source>
        <translation>Leyr ber om en pause. Ingenting ble endret.</translation>
    </message>
    <message>
        <source>Leyr could not say what went wrong.</source>
        <translation>Leyr oppga ingen grunn.</translation>
    </message>
    <message>
        <source>Leyr can&apos;t be reached; nothing was sent. Check the network and try again.</source>
        <translation>Leyr er ikke å få tak i, og ingenting ble sendt. Kontroller nettet, og prøv igjen.</translation>
    </message>
    <message>
        <source>Leyr&apos;s address is not found; nothing was sent. Check the network and the address.</source>
        <translation>Adressen til Leyr finnes ikke, og ingenting ble sendt. Kontroller nettet og adressen.</translation>
    </message>
    <message>
        <source>A proxy setting of this computer can&apos;t be used; nothing was sent. Contact your administrator.</source>
        <translation>En proxyinnstilling på denne datamaskinen kan ikke brukes; ingenting ble sendt. Kontakt administrator.</translation>
    </message>
    <message>
        <source>The connection to Leyr is not safe; nothing was sent. Contact your administrator.</source>
        <translation>Forbindelsen til Leyr er ikke sikker, og ingenting ble sendt. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>No answer came in time.</source>
        <translation>Svaret kom ikke i tide.</translation>
    </message>
    <message>
        <source>The line broke before the answer came.</source>
        <translation>Forbindelsen ble brutt før svaret kom.</translation>
    </message>
    <message>
        <source>The answer could not be read.</source>
        <translation>Svaret kunne ikke leses.</translation>
    </message>
    <message>
        <source>Leyr&apos;s address points somewhere else; nothing was sent there. Contact your administrator.</source>
        <translation>Adressen til Leyr peker et annet sted, og ingenting ble sendt dit. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>{emr} offers no care units through Leyr. Contact your administrator.</source>
        <translation>{emr} har ingen behandlingssteder i Leyr. Kontakt IT-ansvarlig.</translation>
    </message>
    <message>
        <source>This clinic already has an appointment on that time. Choose another.</source>
        <translation>Klinikken har allerede en time på det tidspunktet. Velg en annen.</translation>
    </message>
    <message>
        <source>It is already under way. Wait for the answer.</source>
        <translation>Det er allerede i gang. Vent på svaret.</translation>
    </message>
    <message>
        <source>It is being moved. See to the task at the top first: only then is it certain which one stands.</source>
        <translation>Timen er under flytting. Løs oppgaven øverst først: Ikke før da er det sikkert hvilken time som står.</translation>
    </message>
    <message>
        <source>A text holds a hidden character that can&apos;t be kept. Type it again instead of pasting it.</source>
        <translation>En tekst har et skjult tegn som ikke kan lagres. Skriv den på nytt i stedet for å lime inn.</translation>
    </message>
    <message>
        <source>Leyr has answered, but that is not written down yet. It is tried until it is; do not repeat it.</source>
        <translation>Leyr har svart, men det er ikke lagret ennå. Det forsøkes til det er gjort; ikke gjør det på nytt.</translation>
    </message>
    <message>
        <source>It could not be written down on this computer. Check that its disk is not full.</source>
        <translation>Det kunne ikke lagres på denne datamaskinen. Kontroller at disken ikke er full.</translation>
    </message>
    <message>
        <source>It could not be written down: the record is damaged, or answers with an error. Contact your administrator.</source>
        <translation>Det kunne ikke lagres: Registeret er skadet, eller svarer med en feil. Kontakt administrator.</translation>
    </message>
    <message>
        <source>{emr}&apos;s own list of appointments says so.</source>
        <translation>Det står slik i timelisten i {emr}.</translation>
    </message>
    <message>
        <source>It was settled here before, and now a late answer of {emr} says otherwise.</source>
        <translation>Det var avklart her, men et sent svar fra {emr} sier noe annet.</translation>
    </message>
    <message>
        <source>Somebody here looked in {emr} and said so.</source>
        <translation>En her på klinikken så etter i {emr} og svarte det.</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>Programmet er i ferd med å lukkes.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Reception can&apos;t write to its data folder, so it was not opened.</source>
        <translation>Reception kan ikke skrive til datamappen sin, så programmet ble ikke åpnet.</translation>
    </message>
    <message>
        <source>Reception is already open on this computer.</source>
        <translation>Reception er allerede åpent på denne datamaskinen.</translation>
    </message>
    <message>
        <source>The settings could not be read, so they are as at first.</source>
        <translation>Innstillingene kunne ikke leses, så de er satt tilbake til standard.</translation>
    </message>
    <message>
        <source>The damaged file was kept: {file}</source>
        <translation>Den skadede filen er tatt vare på: {file}</translation>
    </message>
    <message>
        <source>The client secret is not in this computer&apos;s key store. Enter it again.</source>
        <translation>Klienthemmeligheten finnes ikke i nøkkellageret på denne datamaskinen. Skriv den inn på nytt.</translation>
    </message>
    <message>
        <source>Today&apos;s copy of this desk&apos;s record could not be made.</source>
        <translation>Dagens kopi av oversikten over timer på denne datamaskinen ble ikke laget.</translation>
    </message>
    <message>
        <source>What is booked is written down all the same. Check that the disk is not full.</source>
        <translation>Det som bestilles, blir skrevet ned likevel. Kontroller at disken ikke er full.</translation>
    </message>
    <message>
        <source>This desk&apos;s record of appointments was damaged, so a new one was begun.</source>
        <translation>Oversikten over timer på denne datamaskinen var skadet, så en ny er påbegynt.</translation>
    </message>
    <message>
        <source>Appointments booked before are still in the EHR, but can&apos;t be cancelled from here. The damaged file was kept for your administrator: {file}</source>
        <translation>Timer som er bestilt før, står fortsatt i journalsystemet, men kan ikke avlyses herfra. Den skadede filen er tatt vare på til IT-ansvarlig: {file}</translation>
    </message>
    <message>
        <source>Connected, but only until the program closes.</source>
        <translation>Tilkoblet, men bare til programmet lukkes.</translation>
    </message>
    <message>
        <source>This computer has no key store for the secret, so it must be entered again.</source>
        <translation>Denne datamaskinen har ikke noe nøkkellager for hemmeligheten, så den må skrives inn på nytt neste gang.</translation>
    </message>
    <message>
        <source>The settings could not be saved.</source>
        <translation>Innstillingene kunne ikke lagres.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation>Hurtigtaster</translation>
    </message>
    <message>
        <source>In the book</source>
        <translation>I timeboken</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
    <message>
        <source>The time before and after</source>
        <translation>Timen før og etter</translation>
    </message>
    <message>
        <source>The column beside it</source>
        <translation>Kolonnen ved siden av</translation>
    </message>
    <message>
        <source>First and last of the column</source>
        <translation>Første og siste i kolonnen</translation>
    </message>
    <message>
        <source>First and last of all</source>
        <translation>Aller første og siste</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>Rull</translation>
    </message>
    <message>
        <source>Choose, and go on in the panel</source>
        <translation>Velg, og gå videre i panelet</translation>
    </message>
    <message>
        <source>Choose, and stay</source>
        <translation>Velg, og bli her</translation>
    </message>
    <message>
        <source>Choose nothing</source>
        <translation>Velg ingenting</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Care unit</source>
        <translation>Behandlingssted</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Timetype</translation>
    </message>
    <message>
        <source>Show the free times of one service, or of all</source>
        <translation>Vis ledige timer for én timetype, eller for alle</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Måned</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Ressurser</translation>
    </message>
    <message>
        <source>All</source>
        <comment>resources</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Show all resources</source>
        <translation>Vis alle ressurser</translation>
    </message>
    <message>
        <source>Previous month</source>
        <translation>Forrige måned</translation>
    </message>
    <message>
        <source>Next month</source>
        <translation>Neste måned</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>År</translation>
    </message>
    <message>
        <source>This desk&apos;s record of appointments is being opened.</source>
        <translation>Oversikten over timer på denne datamaskinen åpnes.</translation>
    </message>
    <message>
        <source>{name}
Double click or Enter: show only this one</source>
        <translation>{name}
Dobbeltklikk eller Enter: vis bare denne</translation>
    </message>
    <message>
        <source>All services</source>
        <translation>Alle timetyper</translation>
    </message>
</context>
<context>
    <name>SlotForm</name>
    <message>
        <source>Service</source>
        <translation>Timetype</translation>
    </message>
    <message>
        <source>Choose a service</source>
        <translation>Velg en timetype</translation>
    </message>
    <message>
        <source>Book it all the same</source>
        <translation>Bestill likevel</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>No health information here</source>
        <translation>Ingen helseopplysninger her</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Bestill</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Pasient</translation>
    </message>
    <message>
        <source>No time chosen</source>
        <translation>Ingen time er valgt</translation>
    </message>
    <message>
        <source>“{service}” is not offered at this time. Choose another service, or another time.</source>
        <translation>«{service}» tilbys ikke på denne tiden. Velg en annen timetype eller en annen tid.</translation>
    </message>
    <message>
        <source>This patient has another appointment then: {time}{who}.</source>
        <translation>Denne pasienten har en annen time da: {time}{who}.</translation>
    </message>
    <message>
        <source>Choose a free time in the book.</source>
        <translation>Velg en ledig time i timeboken.</translation>
    </message>
    <message>
        <source>The time was at {before} and is dropped. Choose a free time at {now}.</source>
        <translation>Tiden var hos {before} og er valgt bort. Velg en ledig tid hos {now}.</translation>
    </message>
    <message>
        <source>Characters left: {count}</source>
        <translation>Tegn igjen: {count}</translation>
    </message>
    <message>
        <source>{emr} may send the patient a message and a bill.</source>
        <translation>{emr} kan sende pasienten en melding og en regning.</translation>
    </message>
    <message>
        <source>This desk&apos;s record of appointments is being opened; then you can book.</source>
        <translation>Oversikten over timer på denne datamaskinen åpnes. Deretter kan du bestille.</translation>
    </message>
    <message>
        <source>Booking …</source>
        <translation>Bestiller …</translation>
    </message>
    <message>
        <source>Not booked.</source>
        <translation>Ikke bestilt.</translation>
    </message>
    <message>
        <source>Nearest free times:</source>
        <translation>Nærmeste ledige timer:</translation>
    </message>
    <message>
        <source>This time is {in_use}. Ask there before you book it.</source>
        <translation>Denne timen er {in_use}. Spør der før du bestiller den.</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>Status not known</source>
        <translation>Ukjent status</translation>
    </message>
    <message>
        <source>Booking …</source>
        <translation>Bestiller …</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>Bestilt</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>Avlyser …</translation>
    </message>
    <message>
        <source>Cancelling waits for the code</source>
        <translation>Avlysningen venter på kode</translation>
    </message>
    <message>
        <source>Awaiting code</source>
        <translation>Venter på kode</translation>
    </message>
    <message>
        <source>Cancelling: awaiting code</source>
        <translation>Avlysning: venter på kode</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Avlyst</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Gjennomført</translation>
    </message>
    <message>
        <source>Not booked</source>
        <translation>Ikke bestilt</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Uavklart</translation>
    </message>
    <message>
        <source>Cancelling not known</source>
        <translation>Uavklart avlysning</translation>
    </message>
    <message>
        <source>Status: {status}</source>
        <translation>Status: {status}</translation>
    </message>
    <message>
        <source>Not known if booked</source>
        <translation>Uavklart om bestilt</translation>
    </message>
    <message>
        <source>Not known if cancelled</source>
        <translation>Uavklart om avlyst</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps of the test</source>
        <translation>Trinnene i testen</translation>
    </message>
    <message>
        <source>Leyr&apos;s address is reached</source>
        <translation>Adressen til Leyr svarer</translation>
    </message>
    <message>
        <source>The line is safe</source>
        <translation>Forbindelsen er sikker</translation>
    </message>
    <message>
        <source>Client id and secret are accepted</source>
        <translation>Klient-ID og klienthemmelighet er godtatt</translation>
    </message>
    <message>
        <source>The EHR answers</source>
        <translation>Journalsystemet svarer</translation>
    </message>
    <message>
        <source>There are care units</source>
        <translation>Det finnes behandlingssteder</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>ikke prøvd</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>stopped here</source>
        <translation>stoppet her</translation>
    </message>
</context>
<context>
    <name>Support</name>
    <message>
        <source>Reception ended unexpectedly last time.</source>
        <translation>Reception ble avsluttet uventet sist.</translation>
    </message>
    <message>
        <source>All that was sent is written down, and what is not settled is listed at the top. What was typed and not sent is gone.</source>
        <translation>Alt som ble sendt, er skrevet ned, og det som er uavklart, står i listen øverst. Det som var skrevet inn og ikke sendt, er borte.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Hva som skjedde</translation>
    </message>
    <message>
        <source>Something in the program failed.</source>
        <translation>Noe i programmet sviktet.</translation>
    </message>
    <message>
        <source>What was sent is written down; look in the book how the appointment stands. What is typed and not sent is lost at a restart.</source>
        <translation>Det som er sendt, er skrevet ned; se i timeboken hvordan timen står. Det som er skrevet inn og ikke sendt, går tapt ved omstart.</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Start på nytt</translation>
    </message>
    <message>
        <source>For your administrator or for support: where in the program it was. It names no patient, and nothing is sent unless you do it. A copy lies in the folder “crashes” of the program&apos;s data.</source>
        <translation>Til IT-ansvarlig eller brukerstøtten: hvor i programmet feilen oppsto. Ingen pasient er nevnt, og ingenting sendes med mindre du gjør det. En kopi ligger i mappen «crashes» blant programmets data.</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnostikk</translation>
    </message>
    <message>
        <source>For support. It names no patient and holds no secret; nothing is sent unless you do it.</source>
        <translation>Til brukerstøtten. Ingen pasient er nevnt, og den inneholder ingen hemmeligheter; ingenting sendes med mindre du gjør det.</translation>
    </message>
    <message>
        <source>Support: {contact}</source>
        <translation>Brukerstøtte: {contact}</translation>
    </message>
    <message>
        <source>It could not be saved there. Choose another folder.</source>
        <translation>Den kunne ikke lagres der. Velg en annen mappe.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Lagret.</translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>Perhaps cancelled in {emr}, which offers the time as free again: {who}. Look there.</source>
        <translation>Kanskje avlyst i {emr}, som tilbyr tiden som ledig igjen: {who}. Se etter der.</translation>
    </message>
    <message>
        <source>Not known if moved to {new}: {who}. Tell the caller that the time will be confirmed later.</source>
        <translation>Uavklart om flyttet til {new}: {who}. Si til den som ringer, at timen blir bekreftet senere.</translation>
    </message>
    <message>
        <source>Not known if cancelled: {who}. Tell the caller that it may still stand.</source>
        <translation>Uavklart om avlyst: {who}. Si til den som ringer, at timen fortsatt kan stå.</translation>
    </message>
    <message>
        <source>Not known if booked: {who}. Tell the caller that the time will be confirmed later.</source>
        <translation>Uavklart om bestilt: {who}. Si til den som ringer, at timen blir bekreftet senere.</translation>
    </message>
    <message>
        <source>Two appointments, perhaps: {who} was moved to {new}, and may still stand. The new time holds.</source>
        <translation>Kanskje to timer: {who} ble flyttet til {new}, men kan fortsatt stå. Den nye timen gjelder.</translation>
    </message>
    <message>
        <source>Two appointments, one to remove: {who} was moved to {new}. The new time holds.</source>
        <translation>To timer, én må fjernes: {who} ble flyttet til {new}. Den nye timen gjelder.</translation>
    </message>
    <message>
        <source>Not cancelled yet: {who}. Ask the caller for the code from the message.</source>
        <translation>Ikke avlyst ennå: {who}. Spør den som ringer, etter koden i meldingen.</translation>
    </message>
    <message>
        <source>Not booked yet: {who}. Ask the caller for the code from the message.</source>
        <translation>Ikke bestilt ennå: {who}. Spør den som ringer, etter koden i meldingen.</translation>
    </message>
    <message>
        <source>A look at {time}: it probably went through.</source>
        <translation>Kontrollert {time}: Det gikk trolig igjennom.</translation>
    </message>
    <message>
        <source>A look at {time}: it probably did not go through.</source>
        <translation>Kontrollert {time}: Det gikk trolig ikke igjennom.</translation>
    </message>
    <message>
        <source>A look at {time}: {emr} has several that fit.</source>
        <translation>Kontrollert {time}: {emr} har flere timer som passer.</translation>
    </message>
    <message>
        <source>A look at {time} could not tell.</source>
        <translation>Kontrollert {time}, uten sikkert svar.</translation>
    </message>
    <message>
        <source>Open tasks</source>
        <translation>Gjenstående oppgaver</translation>
    </message>
    <message>
        <source>{count} in all</source>
        <translation>{count} i alt</translation>
    </message>
</context>
<context>
    <name>TimesProposal</name>
    <message>
        <source>Little of this day can be booked. {key} shows times only.</source>
        <translation>Lite av denne dagen kan bestilles. {key} viser bare klokkeslettene.</translation>
    </message>
    <message>
        <source>Show times</source>
        <translation>Vis klokkeslett</translation>
    </message>
    <message>
        <source>Keep the grid</source>
        <translation>Behold rutenettet</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Reading …</source>
        <translation>Henter …</translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation>Ikke hentet</translation>
    </message>
    <message>
        <source>Read {time}</source>
        <translation>Hentet {time}</translation>
    </message>
    <message>
        <source>{text}, old</source>
        <translation>{text}, utdatert</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Start the tour</source>
        <translation>Start omvisningen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ikke nå</translation>
    </message>
    <message>
        <source>Skip this task</source>
        <translation>Hopp over oppgaven</translation>
    </message>
    <message>
        <source>Open the guide</source>
        <translation>Åpne veiledningen</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>Avslutt omvisningen</translation>
    </message>
    <message>
        <source>New here? Learn it by doing</source>
        <translation>Ny her? Lær ved å gjøre det selv</translation>
    </message>
    <message>
        <source>Five short tasks with made-up patients, about ten minutes. You can stop at any time.</source>
        <translation>Fem korte oppgaver med oppdiktede pasienter, omtrent ti minutter. Du kan stoppe når som helst.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
    <message>
        <source>{done} of {all} tasks done</source>
        <translation>{done} av {all} oppgaver utført</translation>
    </message>
    <message>
        <source>That was the tour</source>
        <translation>Det var omvisningen</translation>
    </message>
    <message>
        <source>{guide} opens the guide at any time. The tour can be taken again from the Help menu.</source>
        <translation>{guide} åpner veiledningen når som helst. Omvisningen kan tas på nytt fra Hjelp-menyen.</translation>
    </message>
    <message>
        <source>Look in {emr}</source>
        <translation>Se etter i {emr}</translation>
    </message>
    <message>
        <source>Settled, but the EHR does have it: at a real desk that patient would come, and nobody would expect it.</source>
        <translation>Avklart, men timen står i journalsystemet. I virkeligheten ville pasienten ha møtt opp uten å være ventet.</translation>
    </message>
    <message>
        <source>Book the next free time</source>
        <translation>Bestill neste ledige time</translation>
    </message>
    <message>
        <source>Find an appointment and move it</source>
        <translation>Finn en time og flytt den</translation>
    </message>
    <message>
        <source>Cancel an appointment</source>
        <translation>Avlys en time</translation>
    </message>
    <message>
        <source>Register a new patient and book</source>
        <translation>Registrer en ny pasient og bestill</translation>
    </message>
    <message>
        <source>When the answer never comes</source>
        <translation>Når svaret aldri kommer</translation>
    </message>
    <message>
        <source>Booked.</source>
        <translation>Bestilt.</translation>
    </message>
    <message>
        <source>Moved.</source>
        <translation>Flyttet.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Avlyst.</translation>
    </message>
    <message>
        <source>Registered and booked.</source>
        <translation>Registrert og bestilt.</translation>
    </message>
    <message>
        <source>Settled: now everybody knows how it stands.</source>
        <translation>Avklart: Nå vet alle hvordan timen står.</translation>
    </message>
    <message>
        <source>Sent. The practice clinic is answering …</source>
        <translation>Sendt. Øvelsesklinikken svarer …</translation>
    </message>
    <message>
        <source>Press {next_free}. The earliest free times are looked for.</source>
        <translation>Trykk {next_free}. Da letes det etter de første ledige timene.</translation>
    </message>
    <message>
        <source>Choose a time with the arrow keys and press Enter, or click it twice. It is read once more.</source>
        <translation>Velg en time med piltastene og trykk Enter, eller dobbeltklikk på den. Den kontrolleres en gang til.</translation>
    </message>
    <message>
        <source>Click a free time in the book, or press {go_to_book}, walk with the arrow keys and press Enter.</source>
        <translation>Klikk på en ledig time i timeboken, eller trykk {go_to_book}, gå dit med piltastene og trykk Enter.</translation>
    </message>
    <message>
        <source>Type a few letters of a name, for example “{name}”. Press Enter when the right one is marked.</source>
        <translation>Skriv noen bokstaver av et navn, for eksempel «{name}». Trykk Enter når den rette er merket.</translation>
    </message>
    <message>
        <source>Read the time and the name back to the caller. Then press {book}, or the Book button.</source>
        <translation>Gjenta tid og navn for den som ringer. Trykk så {book}, eller knappen Bestill.</translation>
    </message>
    <message>
        <source>Click an appointment in the book; the one you booked will do. By keyboard: {go_to_book}, arrow keys, Enter.</source>
        <translation>Klikk på en bestilt time i timeboken, gjerne den du bestilte selv. Med tastaturet: {go_to_book}, piltaster, Enter.</translation>
    </message>
    <message>
        <source>Press {move}, or the button Move to another time.</source>
        <translation>Trykk {move}, eller knappen Flytt timen.</translation>
    </message>
    <message>
        <source>Choose the new time in the book, with a click or with the arrow keys and Enter. Esc keeps the old time.</source>
        <translation>Velg den nye tiden i timeboken, med et klikk eller med piltastene og Enter. Esc beholder den gamle timen.</translation>
    </message>
    <message>
        <source>Compare from and to beside the book, then press Enter on Move.</source>
        <translation>Sammenlign fra og til ved siden av timeboken, og trykk Enter på Flytt.</translation>
    </message>
    <message>
        <source>Choose the reason, then press Cancel the appointment. By keyboard: {go_to_panel}, then Tab and Enter.</source>
        <translation>Velg årsaken, og trykk Avlys timen. Med tastaturet: {go_to_panel}, så Tab og Enter.</translation>
    </message>
    <message>
        <source>Press {new_patient}. Invent a name; a national number that nobody has is {number}.</source>
        <translation>Trykk {new_patient}. Finn på et navn. Et fødselsnummer som ingen har, er {number}.</translation>
    </message>
    <message>
        <source>The made-up number is {number}. Enter sends it. Invent the name.</source>
        <translation>Det oppdiktede fødselsnummeret er {number}. Finn på navnet. Enter sender.</translation>
    </message>
    <message>
        <source>The line at the top says what to tell the caller. Press {go_to_tasks} and Enter, or click it.</source>
        <translation>Linjen øverst forteller hva du skal si til den som ringer. Trykk {go_to_tasks} og Enter, eller klikk på den.</translation>
    </message>
    <message>
        <source>The answer was lost on the way: nobody here knows if it is booked. Do not book again. Look in {emr} first; in practice, press the button here.</source>
        <translation>Svaret ble borte på veien, så ingen her vet om timen er bestilt. Ikke bestill på nytt. Se først etter i {emr}. I øvelsen trykker du på knappen her.</translation>
    </message>
    <message>
        <source>{emr} has the appointment. Press “It is in {emr}” beside the book, and it counts as booked.</source>
        <translation>Timen står i {emr}. Trykk «Timen er i {emr}» ved siden av timeboken, så regnes den som bestilt.</translation>
    </message>
    <message>
        <source>{emr} does not have it. Press “It is not in {emr}” beside the book; then you may book again.</source>
        <translation>Timen står ikke i {emr}. Trykk «Timen er ikke i {emr}» ved siden av timeboken. Da kan du bestille på nytt.</translation>
    </message>
    <message>
        <source>Now the time: click a free one in the book, or press {next_free}. The patient stays chosen.</source>
        <translation>Så tiden: Klikk på en ledig time i timeboken, eller trykk {next_free}. Pasienten er fortsatt valgt.</translation>
    </message>
    <message>
        <source>Book once more, for whom you like: {next_free}, or a click in the book. This time the line will fail.</source>
        <translation>Bestill en gang til, for hvem du vil: {next_free}, eller et klikk i timeboken. Denne gangen svikter forbindelsen.</translation>
    </message>
</context>
<context>
    <name>UpdateNotice</name>
    <message>
        <source>Where to get it</source>
        <translation>Her finner du den</translation>
    </message>
    <message>
        <source>Put the notice away</source>
        <translation>Lukk meldingen</translation>
    </message>
    <message>
        <source>Version {version} is available.</source>
        <translation>Versjon {version} er tilgjengelig.</translation>
    </message>
</context>
<context>
    <name>UserButton</name>
    <message>
        <source>{name} is at the desk</source>
        <translation>{name} er i skranken</translation>
    </message>
</context>
<context>
    <name>UserForm</name>
    <message>
        <source>Name</source>
        <translation>Navn</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>The same PIN again</source>
        <translation>Samme PIN en gang til</translation>
    </message>
    <message>
        <source>Administrator: manages users and reads the record</source>
        <translation>Administrator: styrer brukere og leser loggen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lagre</translation>
    </message>
    <message>
        <source>The first one is the administrator, who can add the others.</source>
        <translation>Den første er administrator og kan legge til de andre.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>4 to 12 digits.</source>
        <translation>4 til 12 sifre.</translation>
    </message>
    <message>
        <source>A name is needed: the record says who did what.</source>
        <translation>Navnet må fylles ut: Loggen viser hvem som gjorde hva.</translation>
    </message>
    <message>
        <source>The two PINs are not the same.</source>
        <translation>De to PIN-kodene er ikke like.</translation>
    </message>
</context>
<context>
    <name>Users</name>
    <message>
        <source>A PIN has digits only.</source>
        <translation>En PIN har bare sifre.</translation>
    </message>
    <message>
        <source>At least {count} digits.</source>
        <translation>Minst {count} sifre.</translation>
    </message>
    <message>
        <source>At most {count} digits.</source>
        <translation>Høyst {count} sifre.</translation>
    </message>
    <message>
        <source>The same digits again and again are tried first. Choose another.</source>
        <translation>Gjentatte sifre blir prøvd først. Velg en annen.</translation>
    </message>
    <message>
        <source>Digits in a row are tried first. Choose another.</source>
        <translation>Sifre på rad blir prøvd først. Velg en annen.</translation>
    </message>
    <message>
        <source>It looks like a date or a year, which is tried first. Choose another.</source>
        <translation>Den ligner en dato eller et årstall, som blir prøvd først. Velg en annen.</translation>
    </message>
    <message>
        <source>Wait {minutes} min {seconds} s before the next PIN.</source>
        <translation>Vent {minutes} min {seconds} s før neste PIN.</translation>
    </message>
    <message>
        <source>Wait {seconds} s before the next PIN.</source>
        <translation>Vent {seconds} s før neste PIN.</translation>
    </message>
    <message>
        <source>That PIN is not right.</source>
        <translation>PIN-koden er feil.</translation>
    </message>
    <message>
        <source>Too many wrong PINs.</source>
        <translation>For mange feil PIN-koder.</translation>
    </message>
    <message>
        <source>This user is not active any more. Ask an administrator.</source>
        <translation>Brukeren er ikke aktiv lenger. Spør en administrator.</translation>
    </message>
    <message>
        <source>Somebody has this name, or had it: the record must tell them apart. Write it another way.</source>
        <translation>Noen har eller har hatt dette navnet, og loggen må kunne skille dem. Skriv det på en annen måte.</translation>
    </message>
    <message>
        <source>This is the only administrator. Make somebody else one first.</source>
        <translation>Dette er den eneste administratoren. Gjør en annen til administrator først.</translation>
    </message>
    <message>
        <source>Only an administrator may do that.</source>
        <translation>Det kan bare en administrator gjøre.</translation>
    </message>
    <message>
        <source>The desk&apos;s record could not be read or written, so nothing was changed. Try again.</source>
        <translation>Oversikten over timer på denne datamaskinen kunne ikke leses eller skrives, så ingenting er endret. Prøv igjen.</translation>
    </message>
</context>
<context>
    <name>UsersDialog</name>
    <message>
        <source>Users</source>
        <translation>Brukere</translation>
    </message>
    <message>
        <source>Add …</source>
        <translation>Legg til …</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Nytt navn …</translation>
    </message>
    <message>
        <source>New PIN …</source>
        <translation>Ny PIN …</translation>
    </message>
    <message>
        <source>Minutes until the desk locks</source>
        <translation>Minutter til skranken låses</translation>
    </message>
    <message>
        <source>Lock when nobody has touched the desk for</source>
        <translation>Lås når ingen har brukt skranken på</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Lukk</translation>
    </message>
    <message>
        <source>What anybody does or looks at is written down under their name. Nobody is deleted: who has left is deactivated.</source>
        <translation>Det hver enkelt gjør og ser på, loggføres med navn. Ingen slettes: Den som har sluttet, deaktiveres.</translation>
    </message>
    <message>
        <source>Set by your administrator for this computer.</source>
        <translation>Fastsatt av IT-ansvarlig for denne datamaskinen.</translation>
    </message>
    <message>
        <source>Remove as administrator</source>
        <translation>Fjern som administrator</translation>
    </message>
    <message>
        <source>Make administrator</source>
        <translation>Gjør til administrator</translation>
    </message>
    <message>
        <source>Deactivate</source>
        <translation>Deaktiver</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Aktiver</translation>
    </message>
    <message>
        <source>Add a user</source>
        <translation>Legg til en bruker</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Nytt navn</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Ny PIN</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>administrator</translation>
    </message>
    <message>
        <source>not active</source>
        <translation>ikke aktiv</translation>
    </message>
</context>
<context>
    <name>WayOn</name>
    <message>
        <source>None free up to {day}.</source>
        <translation>Ingen ledige timer til og med {day}.</translation>
    </message>
    <message>
        <source>Nobody is ticked.</source>
        <translation>Ingen har hake.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Vis alle</translation>
    </message>
    <message>
        <source>None free this week</source>
        <translation>Ingen ledige timer denne uken</translation>
    </message>
    <message>
        <source>None free today</source>
        <translation>Ingen ledige timer i dag</translation>
    </message>
    <message>
        <source>None free on {day}</source>
        <translation>Ingen ledige timer {day}</translation>
    </message>
    <message>
        <source>{said} for {service}</source>
        <translation>{said} for {service}</translation>
    </message>
    <message>
        <source>Next: {day} {time}, {name} →</source>
        <translation>Neste: {day} {time}, {name} →</translation>
    </message>
    <message>
        <source>Today, {day}, has no more free times.</source>
        <translation>I dag, {day}, er det ingen flere ledige timer.</translation>
    </message>
    <message>
        <source>The book opens on {day}.</source>
        <translation>Timeboken åpner på {day}.</translation>
    </message>
</context>
<context>
    <name>WeekMatrix</name>
    <message>
        <source>{said}. {percent} % booked</source>
        <translation>{said}. {percent} % bestilt</translation>
    </message>
    <message>
        <source>The bar: what is booked from here, of the time offered to us. What others booked is not known.</source>
        <translation>Streken: det som er bestilt herfra, av tiden vi er tilbudt. Hva andre har bestilt, er ikke kjent.</translation>
    </message>
    <message>
        <source>Week: free times by person and day</source>
        <translation>Uke: ledige timer for hver person og dag</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Language</source>
        <translation>Språk</translation>
    </message>
    <message>
        <source>Open practice mode</source>
        <translation>Åpne øvelsesmodus</translation>
    </message>
    <message>
        <source>Connect to Leyr …</source>
        <translation>Koble til Leyr …</translation>
    </message>
    <message>
        <source>Welcome to Reception</source>
        <translation>Velkommen til Reception</translation>
    </message>
    <message>
        <source>The clinic&apos;s appointment book: free times, patients and bookings.</source>
        <translation>Timeboken til klinikken: ledige timer, pasienter og bestillinger.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Prøv programmet</translation>
    </message>
    <message>
        <source>A made-up clinic with made-up people, inside this computer. Book and cancel as you like; nothing leaves the program.</source>
        <translation>En oppdiktet klinikk med oppdiktede personer, inne i denne datamaskinen. Bestill og avlys som du vil. Ingenting sendes ut av programmet.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Ta programmet i bruk</translation>
    </message>
    <message>
        <source>Your administrator has an address, a client id and a secret from Leyr. The secret is kept in this computer&apos;s key store.</source>
        <translation>IT-ansvarlig har fått adresse, klient-ID og klienthemmelighet fra Leyr. Hemmeligheten lagres i nøkkellageret på denne datamaskinen.</translation>
    </message>
</context>
<context>
    <name>WhoseLedgerDialog</name>
    <message>
        <source>Same clinic?</source>
        <translation>Samme klinikk?</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Gå tilbake</translation>
    </message>
    <message>
        <source>The same clinic with new credentials</source>
        <translation>Samme klinikk med ny klient-ID</translation>
    </message>
    <message>
        <source>Another clinic</source>
        <translation>En annen klinikk</translation>
    </message>
    <message>
        <source>This desk has appointments at {emr} with another client id. Is it the same clinic?</source>
        <translation>Denne datamaskinen har timer hos {emr} med en annen klient-ID. Er det samme klinikk?</translation>
    </message>
    <message>
        <source>The same clinic with new credentials: its appointments and patients stay, and are cancelled and moved with the new credentials from now on.</source>
        <translation>Samme klinikk med ny klient-ID: timene og pasientene blir, og fra nå av avlyses og flyttes de med den nye.</translation>
    </message>
    <message>
        <source>Another clinic: this desk begins with an empty record. The one of the other clinic is kept, and is there again when you connect to it.</source>
        <translation>En annen klinikk: datamaskinen begynner med en tom liste. Den andre klinikkens liste tas vare på, og er der igjen når du kobler til den.</translation>
    </message>
</context>
<context>
    <name>WipeDialog</name>
    <message>
        <source>Wipe details</source>
        <translation>Slett opplysninger</translation>
    </message>
    <message>
        <source>The person asked for this, and I have checked who it is</source>
        <translation>Personen har bedt om dette, og jeg har sjekket hvem det er</translation>
    </message>
    <message>
        <source>Wipe for good</source>
        <translation>Slett for godt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Daily copies of the ledger made until now keep the details until they are replaced, after {days} days. Copies kept elsewhere are yours to delete.</source>
        <translation>Daglige kopier av oversikten som er tatt til nå, har opplysningene til de byttes ut, etter {days} dager. Kopier dere har andre steder, må dere slette selv.</translation>
    </message>
    <message>
        <source>Copies of the ledger that were made until now are yours to delete.</source>
        <translation>Kopier av oversikten som er tatt til nå, må dere slette selv.</translation>
    </message>
    <message>
        <source>What goes, at every desk</source>
        <translation>Det som forsvinner, ved alle skranker</translation>
    </message>
    <message>
        <source>Name, birth date, phone number, and what was written about the appointments. It can&apos;t be undone.</source>
        <translation>Navn, fødselsdato, telefonnummer og det som er skrevet om timene. Det kan ikke angres.</translation>
    </message>
    <message>
        <source>What stays</source>
        <translation>Det som blir igjen</translation>
    </message>
    <message>
        <source>That there were appointments, when and with whom at the clinic, with Leyr&apos;s reference for the patient and no name. The record of who did what, which also says that this was done.</source>
        <translation>At det har vært timer, når og hos hvem på klinikken, med Leyrs referanse for pasienten og uten navn. Loggen over hvem som gjorde hva, der det også står at dette ble gjort.</translation>
    </message>
    <message>
        <source>What is not reached from here</source>
        <translation>Det som ikke nås herfra</translation>
    </message>
    <message>
        <source>The patient record in the EHR, and Leyr&apos;s logs.</source>
        <translation>Journalen i journalsystemet, og Leyrs logger.</translation>
    </message>
</context>
</TS>
