; Inno Setup 6.3 or later; build.ps1 calls it with /DVersion=… and, with a certificate, /DSigned and /Sreception=….
;
; For everybody on the computer by default, for one person with /CURRENTUSER. Silent: /VERYSILENT /SUPPRESSMSGBOXES
; /NORESTART. A later version installs over this one.

#ifndef Version
  #error Call it through build.ps1, which gives the version
#endif
#define Name "Reception"

[Setup]
; Never change it: by this, an upgrade knows what it upgrades.
AppId={{6E0B5C0F-6C5B-4D0E-9B0C-3F3B5C2D7A41}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher={#Name}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
DisableWelcomePage=no
UninstallDisplayIcon={app}\{#Name}.exe
SetupIconFile=..\..\build\packaging\reception.ico
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename={#Name}-{#Version}-setup
Compression=lzma2/ultra64
SolidCompression=yes
; The compiler has 32 bits: by itself it finds too little memory for this much.
LZMAUseSeparateProcess=yes
WizardStyle=modern
ShowLanguageDialog=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
PrivilegesRequired=admin
PrivilegesRequiredOverridesAllowed=commandline dialog
; The program holds files of its folder open, so the Restart Manager finds it, asks it to close as Windows does at
; shutdown, and Setup goes on. It is not started again by force: a receptionist opens it when the desk is ready. Where it
; stays open (it says no, it is in another user's session, or nobody may ask it) Setup stops and has changed nothing.
CloseApplications=yes
CloseApplicationsFilter=*.exe,*.dll,*.pyd
RestartApplications=no
#ifdef Signed
SignTool=reception
SignedUninstaller=yes
#endif

[Languages]
Name: "nb"; MessagesFile: "compiler:Languages\Norwegian.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
nb.KeepRecords=Skal timene og innstillingene som er lagret på denne datamaskinen, beholdes?%n%nVelg Ja hvis Reception skal installeres igjen, eller hvis du er usikker. Velger du Nei, slettes de for godt: timene står fortsatt i journalsystemet, men kan ikke avlyses herfra.
en.KeepRecords=Keep the appointments and settings that are saved on this computer?%n%nChoose Yes if Reception will be installed again, or if you are not sure. If you choose No they are deleted for good: the appointments are still in the EHR, but can't be cancelled from here.
nb.StillOpen=Reception er åpent på denne datamaskinen, kanskje hos en annen bruker. Lukk det, og prøv igjen. Ingenting er endret.
en.StillOpen=Reception is open on this computer, perhaps for another user. Close it, then try again. Nothing was changed.
nb.DesktopIcon=Lag et ikon på skrivebordet
en.DesktopIcon=Make an icon on the desktop

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; What an earlier version had and this one does not must not be found by Python. Not under a program that runs: what it
; has not loaded yet would be gone. Copying then fails at its first file, Reception.exe, and the old version stays whole.
Type: filesandordirs; Name: "{app}\_internal"; Check: IsClosed
Type: filesandordirs; Name: "{app}\licences"; Check: IsClosed

[Files]
Source: "..\..\dist\{#Name}\{#Name}.exe"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\..\dist\{#Name}\*"; Excludes: "\{#Name}.exe"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Name}.exe"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Name}.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\{#Name}.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Code]
{ Windows lets nobody write to the file of a program that runs, in whichever session. }
function IsClosed: Boolean;
var
  FileName: String;
  Stream: TFileStream;
begin
  Result := True;
  FileName := ExpandConstant('{app}\{#Name}.exe');
  if FileExists(FileName) then
  try
    Stream := TFileStream.Create(FileName, $42); { fmOpenReadWrite or fmShareDenyNone }
    Stream.Free;
  except
    Result := False;
  end;
end;

{ The uninstaller knows no Restart Manager: it would take away half of a program that runs. }
function InitializeUninstall: Boolean;
begin
  Result := IsClosed;
  if not Result then
    SuppressibleMsgBox(CustomMessage('StillOpen'), mbError, MB_OK, IDOK);
end;

{ The ledger is a clinic's record. It goes only if the person who takes the program away says so: never silently, and
  only the folder of that person, since nobody may delete the others'. }
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Folder: String;
begin
  if (CurUninstallStep <> usPostUninstall) or UninstallSilent then
    exit;
  Folder := ExpandConstant('{localappdata}\{#Name}');
  if DirExists(Folder) then
    if SuppressibleMsgBox(CustomMessage('KeepRecords'), mbConfirmation, MB_YESNO or MB_DEFBUTTON1, IDYES) = IDNO then
      DelTree(Folder, True, True, True);
end;
